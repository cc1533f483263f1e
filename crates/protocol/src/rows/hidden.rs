use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{ConversationId, MessageId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// A message that I have hidden for myself, or had. Private, on my user stream: nobody else hears of it. It holds no words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenRow {
    /// The message's.
    pub id: MessageId,
    pub conversation: ConversationId,
    /// The message's place there. The row itself has none: it is of another stream.
    pub pos: Pos,
    /// When I hid it, the last time.
    pub at: Millis,
    /// Set once I show it again, or the message is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

impl RowKind for HiddenRow {
    const KIND: &'static str = "hidden";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}
