use super::{Lane, MutationKind};
use crate::{Pos, ids::ConversationId};
use serde::{Deserialize, Serialize};

/// Says that messages up to a place are on a device of mine. Written by the client itself, at most once in
/// [`crate::limits::DELIVERED_EVERY_MS`] for each conversation; a smaller `pos` than before changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkDelivered {
    pub conversation: ConversationId,
    pub pos: Pos,
}

impl MutationKind for MarkDelivered {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
