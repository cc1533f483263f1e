use super::{Pending, Shows};
use hearth_protocol::mutations::EditGroup;

impl Pending for EditGroup {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
