use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Deletes a message for everybody: one's own, or as a group's owner or admin anybody's. Done twice it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteMessage {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
}

impl MutationKind for DeleteMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
