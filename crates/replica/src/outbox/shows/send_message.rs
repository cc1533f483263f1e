use super::{InThread, Pending, Shows};
use hearth_protocol::mutations::SendMessage;

impl Pending for SendMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        let thread = self.thread_root.map(|root| InThread { root, aside: !self.in_conversation });
        Shows::Message { body: self.body.clone(), reply_to: self.reply_to, thread }
    }
}
