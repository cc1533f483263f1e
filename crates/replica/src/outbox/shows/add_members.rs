use super::{Pending, Shows};
use hearth_protocol::mutations::AddMembers;

impl Pending for AddMembers {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
