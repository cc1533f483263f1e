use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Follows a thread from here on, or leaves it. Nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowThread {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    /// The message that the thread is about; nobody need have said anything in it yet.
    pub root: MessageId,
    pub on: bool,
}

impl MutationKind for FollowThread {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
