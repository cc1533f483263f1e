use super::{Pending, Shows};
use hearth_protocol::mutations::SetMemberRole;

impl Pending for SetMemberRole {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
