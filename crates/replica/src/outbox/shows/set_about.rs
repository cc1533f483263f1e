use super::{Pending, Shows};
use hearth_protocol::mutations::SetAbout;

impl Pending for SetAbout {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::About(self.text.trim().to_owned())
    }
}
