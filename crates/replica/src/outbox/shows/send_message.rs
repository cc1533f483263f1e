use super::{Pending, Shows};
use hearth_protocol::mutations::SendMessage;

impl Pending for SendMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Message { body: self.body.clone(), reply_to: self.reply_to }
    }
}
