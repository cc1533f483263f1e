use super::{Pending, Shows};
use hearth_protocol::mutations::DeleteMessage;

impl Pending for DeleteMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Deletion { message: self.message }
    }
}
