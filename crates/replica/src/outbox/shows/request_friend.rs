use super::{Pending, Shows};
use hearth_protocol::mutations::RequestFriend;

impl Pending for RequestFriend {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
