use super::{Pending, Shows};
use hearth_protocol::mutations::SetSharedHistory;

impl Pending for SetSharedHistory {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
