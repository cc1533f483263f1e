use super::{Pending, Shows};
use hearth_protocol::mutations::SetGroupRole;

impl Pending for SetGroupRole {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
