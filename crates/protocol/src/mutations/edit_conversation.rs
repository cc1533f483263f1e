use super::{Lane, MutationKind};
use crate::ids::ConversationId;
use serde::{Deserialize, Serialize};

/// Gives a group conversation or a channel another name, or says otherwise what it is about: for the conversation's owner and admins, of a
/// channel for its group's. What is not named stays, so that two who change different things do not undo each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditConversation {
    pub conversation: ConversationId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// May be empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

impl MutationKind for EditConversation {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
