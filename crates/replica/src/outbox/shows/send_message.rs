use super::{Pending, Shows};
use hearth_protocol::mutations::SendMessage;

impl Pending for SendMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Message(self.body.clone())
    }
}
