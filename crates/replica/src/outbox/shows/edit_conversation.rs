use super::{Pending, Shows};
use hearth_protocol::mutations::EditConversation;

impl Pending for EditConversation {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
