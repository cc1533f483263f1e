use super::{Pending, Shows};
use hearth_protocol::mutations::AnswerInvitation;

impl Pending for AnswerInvitation {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
