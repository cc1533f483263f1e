use super::{Lane, MutationKind};
use crate::{ids::ConversationId, rows::Arrangement};
use serde::{Deserialize, Serialize};

/// Pins, puts away or mutes a conversation for me, or says of what in it I am told. Nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrangeConversation {
    pub conversation: ConversationId,
    pub change: Arrangement,
}

impl MutationKind for ArrangeConversation {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
