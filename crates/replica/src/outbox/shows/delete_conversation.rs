use super::{Pending, Shows};
use hearth_protocol::mutations::DeleteConversation;

impl Pending for DeleteConversation {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
