use super::{Lane, MutationKind};
use crate::{Pos, ids::ConversationId};
use serde::{Deserialize, Serialize};

/// Moves my read marker back, before `from`; a marker that is before it already stays. What others were told of my reading stays told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkUnread {
    pub conversation: ConversationId,
    /// The first message that is to be unread, from 1.
    pub from: Pos,
}

impl MutationKind for MarkUnread {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
