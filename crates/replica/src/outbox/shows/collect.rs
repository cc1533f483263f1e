use super::{Pending, Shows};
use hearth_protocol::mutations::Collect;

impl Pending for Collect {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
