use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Gives a message up that waits for its time, or that could not be sent. What has gone out by now is a conflict: it can be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelScheduled {
    /// Where it was to be sent: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
}

impl MutationKind for CancelScheduled {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
