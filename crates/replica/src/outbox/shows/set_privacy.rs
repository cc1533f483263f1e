use super::{Pending, Shows};
use hearth_protocol::mutations::SetPrivacy;

impl Pending for SetPrivacy {
    fn shows(&self) -> Shows {
        Shows::Privacy(self.field, self.to)
    }
}
