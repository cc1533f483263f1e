use super::{Pending, Shows};
use hearth_protocol::mutations::RenameCollection;

impl Pending for RenameCollection {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
