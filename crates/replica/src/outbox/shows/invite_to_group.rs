use super::{Pending, Shows};
use hearth_protocol::mutations::InviteToGroup;

impl Pending for InviteToGroup {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
