use super::{Lane, MutationKind};
use crate::ids::ConversationId;
use serde::{Deserialize, Serialize};

/// Deletes a conversation of several people or a channel with all that was said in it, for everybody and for good: for the conversation's
/// owner, of a channel for those who manage its group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteConversation {
    pub conversation: ConversationId,
}

impl MutationKind for DeleteConversation {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
