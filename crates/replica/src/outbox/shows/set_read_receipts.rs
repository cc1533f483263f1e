use super::{Pending, Shows};
use hearth_protocol::mutations::SetReadReceipts;

impl Pending for SetReadReceipts {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::ReadReceipts(self.on)
    }
}
