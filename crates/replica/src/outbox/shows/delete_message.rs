use super::{Pending, Shows};
use hearth_protocol::mutations::DeleteMessage;

impl Pending for DeleteMessage {
    fn shows(&self) -> Shows {
        Shows::Deletion { message: self.message }
    }
}
