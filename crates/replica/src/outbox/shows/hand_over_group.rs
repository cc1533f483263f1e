use super::{Pending, Shows};
use hearth_protocol::mutations::HandOverGroup;

impl Pending for HandOverGroup {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
