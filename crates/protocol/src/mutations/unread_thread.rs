use super::{Lane, MutationKind};
use crate::{
    Pos,
    ids::{ConversationId, MessageId},
};
use serde::{Deserialize, Serialize};

/// Moves my marker of a thread that I follow back, before `from`; one that is before it already stays. Nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadThread {
    pub conversation: ConversationId,
    pub root: MessageId,
    /// The place of the first message of the thread that is to be unread, from 1.
    pub from: Pos,
}

impl MutationKind for UnreadThread {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
