use super::{Pending, Shows};
use hearth_protocol::mutations::ReadNotifications;

impl Pending for ReadNotifications {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
