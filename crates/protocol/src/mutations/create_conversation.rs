use super::{Lane, MutationKind};
use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Makes a conversation of several people, by name. Whoever makes it owns it and is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateConversation {
    /// A new id, made at random: one that follows from people belongs to their direct conversation and is refused.
    pub conversation: ConversationId,
    pub name: String,
    /// Everybody else in it; naming oneself changes nothing.
    pub members: BTreeSet<UserId>,
    /// Whether those who join later see what was said before.
    pub shared_history: bool,
}

impl MutationKind for CreateConversation {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
