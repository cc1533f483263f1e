use super::{Pending, Shows};
use hearth_protocol::mutations::RemoveContact;

impl Pending for RemoveContact {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
