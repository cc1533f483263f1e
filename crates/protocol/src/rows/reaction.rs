use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{MessageId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// One emoji of one person on one message, on the stream of its conversation. It stands where its message stands, and goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionRow {
    pub message: MessageId,
    /// The message's place: whoever does not see that does not get this.
    pub pos: Pos,
    pub user: UserId,
    pub emoji: String,
    /// `None` is a tombstone: it was taken back.
    pub at: Option<Millis>,
}

impl RowKind for ReactionRow {
    const KIND: &'static str = "reaction";
    const HOME: StreamKind = StreamKind::Conversation;
    const PLACED: bool = true;

    fn id(&self) -> String {
        Self::id_of(self.message, self.user, &self.emoji)
    }

    fn pos(&self) -> Option<Pos> {
        Some(self.pos)
    }
}

impl ReactionRow {
    /// The name of somebody's emoji on a message, whether it is there or not.
    pub fn id_of(message: MessageId, user: UserId, emoji: &str) -> String {
        format!("{message}:{user}:{emoji}")
    }
}
