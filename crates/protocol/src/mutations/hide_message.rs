use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Hides a message for me, on all my devices, or shows it again. Nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HideMessage {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
    pub on: bool,
}

impl MutationKind for HideMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
