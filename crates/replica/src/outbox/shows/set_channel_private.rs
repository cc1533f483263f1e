use super::{Pending, Shows};
use hearth_protocol::mutations::SetChannelPrivate;

impl Pending for SetChannelPrivate {
    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
