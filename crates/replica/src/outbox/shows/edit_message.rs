use super::{Pending, Shows};
use hearth_protocol::mutations::EditMessage;

impl Pending for EditMessage {
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Edit { message: self.message, body: self.body.clone() }
    }
}
