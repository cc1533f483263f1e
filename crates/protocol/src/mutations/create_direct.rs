use super::{Lane, MutationKind};
use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};

/// Opens the direct conversation with somebody. Made twice, it is one: the second changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateDirect {
    /// `ConversationId::direct(me, peer)`; the server checks it.
    pub conversation: ConversationId,
    pub peer: UserId,
}

impl MutationKind for CreateDirect {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
