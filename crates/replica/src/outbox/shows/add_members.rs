use super::{Pending, Shows};
use hearth_protocol::mutations::AddMembers;

impl Pending for AddMembers {
    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
