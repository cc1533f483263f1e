use super::{Pending, Shows};
use hearth_protocol::mutations::ArrangeConversation;

impl Pending for ArrangeConversation {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Arrangement(self.change)
    }
}
