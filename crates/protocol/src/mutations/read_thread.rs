use super::{Lane, MutationKind};
use crate::{
    Pos,
    ids::{ConversationId, MessageId},
};
use serde::{Deserialize, Serialize};

/// Moves my marker of a thread forward; a smaller `pos` than the marker's changes nothing, nor does a thread that I have never followed.
/// Nobody else hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadThread {
    pub conversation: ConversationId,
    pub root: MessageId,
    /// The place of the newest message of the thread that I have read.
    pub pos: Pos,
}

impl MutationKind for ReadThread {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
