use super::{Pending, Shows};
use hearth_protocol::mutations::DeleteGroup;

impl Pending for DeleteGroup {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
