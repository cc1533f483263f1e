use super::{Pending, Shows};
use hearth_protocol::mutations::WithdrawInvitation;

impl Pending for WithdrawInvitation {
    const CONTENT: bool = false;

    fn shows(&self) -> Shows {
        Shows::Nothing
    }
}
