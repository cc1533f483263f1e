use super::{Pending, Shows};
use hearth_protocol::mutations::Star;

impl Pending for Star {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Star { message: self.message, on: self.on }
    }
}
