use super::{Pending, Shows};
use hearth_protocol::mutations::PinMessage;

impl Pending for PinMessage {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Pin { message: self.message, on: self.on }
    }
}
