use super::{Pending, Shows};
use hearth_protocol::mutations::RemoveGroupMember;

impl Pending for RemoveGroupMember {
    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
