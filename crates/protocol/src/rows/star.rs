use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{ConversationId, MessageId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// A message that I have starred, or had. Private, on my user stream: nobody else hears of it. It holds no words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarRow {
    /// The message's.
    pub id: MessageId,
    pub conversation: ConversationId,
    /// The message's place there. The row itself has none: it is of another stream.
    pub pos: Pos,
    /// When I starred it, the last time.
    pub at: Millis,
    /// Set once the star is taken off, or the message is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

impl RowKind for StarRow {
    const KIND: &'static str = "star";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}
