use super::{Lane, MutationKind};
use crate::{Pos, ids::ConversationId};
use serde::{Deserialize, Serialize};

/// Moves my read marker forward; a smaller `pos` than the marker's changes nothing. Others are told if my account allows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRead {
    pub conversation: ConversationId,
    pub pos: Pos,
}

impl MutationKind for MarkRead {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
