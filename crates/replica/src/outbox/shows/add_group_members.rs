use super::{Pending, Shows};
use hearth_protocol::mutations::AddGroupMembers;

impl Pending for AddGroupMembers {
    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
