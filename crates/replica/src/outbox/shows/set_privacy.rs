use super::{Pending, Shows};
use hearth_protocol::mutations::SetPrivacy;

impl Pending for SetPrivacy {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Privacy(self.field, self.to)
    }
}
