use super::{Pending, Shows};
use hearth_protocol::mutations::BlockUser;

impl Pending for BlockUser {
    /// A block that a restored backup has lost would let in again whom somebody had shut out.
    const CONTENT: bool = true;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
