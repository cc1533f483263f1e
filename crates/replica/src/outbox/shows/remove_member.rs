use super::{Pending, Shows};
use hearth_protocol::mutations::RemoveMember;

impl Pending for RemoveMember {
    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
