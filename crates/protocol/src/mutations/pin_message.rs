use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Pins a message for everybody in its conversation, or unpins it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinMessage {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
    pub on: bool,
}

impl MutationKind for PinMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
