use super::{Lane, MutationKind};
use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};

/// Takes somebody out of a group conversation or a private channel. Oneself: leaving. Others: the owner anybody, admins those who are neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveMember {
    pub conversation: ConversationId,
    pub member: UserId,
}

impl MutationKind for RemoveMember {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
