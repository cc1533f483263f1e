use super::{Pending, Shows};
use hearth_protocol::mutations::AddGroupMembers;

impl Pending for AddGroupMembers {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
