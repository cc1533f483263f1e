use super::{Lane, MutationKind};
use crate::ids::ConversationId;
use serde::{Deserialize, Serialize};

/// Says whether those who come into a conversation from here on see what was said before: for the conversation's owner and admins, of a
/// private channel for its group's. What those see who are there stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetSharedHistory {
    pub conversation: ConversationId,
    pub on: bool,
}

impl MutationKind for SetSharedHistory {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
