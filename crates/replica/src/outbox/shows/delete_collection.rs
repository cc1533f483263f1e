use super::{Pending, Shows};
use hearth_protocol::mutations::DeleteCollection;

impl Pending for DeleteCollection {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
