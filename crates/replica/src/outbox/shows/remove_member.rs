use super::{Pending, Shows};
use hearth_protocol::mutations::RemoveMember;

impl Pending for RemoveMember {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
