use super::{Pending, Shows};
use hearth_protocol::mutations::SetChannelPrivate;

impl Pending for SetChannelPrivate {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
