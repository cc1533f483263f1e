use super::{Lane, MutationKind};
use crate::{body::Body, ids::ConversationId};
use serde::{Deserialize, Serialize};

/// Writes a message. Its id is the mutation's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SendMessage {
    pub conversation: ConversationId,
    pub body: Body,
}

impl MutationKind for SendMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
