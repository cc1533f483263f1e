use super::{Lane, MutationKind};
use crate::ids::{InvitationId, UserId};
use serde::{Deserialize, Serialize};

/// Asks somebody to become my contact. Who has asked me is answered by that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFriend {
    /// [`InvitationId::friend`] of me and them.
    pub id: InvitationId,
    pub to: UserId,
    /// At most `limits::NOTE_CHARS_MAX` characters; may be empty.
    pub note: String,
}

impl MutationKind for RequestFriend {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
