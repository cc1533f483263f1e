use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Stars a message for me, or takes its star off. Nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Star {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
    pub on: bool,
}

impl MutationKind for Star {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
