use super::{Pending, Shows};
use hearth_protocol::mutations::RemoveGroupMember;

impl Pending for RemoveGroupMember {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
