use super::{Lane, MutationKind};
use crate::ids::{GroupId, InvitationId, UserId};
use serde::{Deserialize, Serialize};

/// Asks somebody to come into a group. Who is in it already stays there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteToGroup {
    /// [`InvitationId::group`] of it, me and them.
    pub id: InvitationId,
    pub group: GroupId,
    pub to: UserId,
    /// At most `limits::NOTE_CHARS_MAX` characters; may be empty.
    pub note: String,
}

impl MutationKind for InviteToGroup {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
