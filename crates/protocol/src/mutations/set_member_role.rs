use super::{Lane, MutationKind};
use crate::{
    ids::{ConversationId, UserId},
    rows::MemberRole,
};
use serde::{Deserialize, Serialize};

/// Makes somebody in a group conversation or a private channel an admin, or a member again: for its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetMemberRole {
    pub conversation: ConversationId,
    pub member: UserId,
    /// Admin or member.
    pub role: MemberRole,
}

impl MutationKind for SetMemberRole {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
