use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{MessageId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// A message that is pinned for everybody in its conversation, or was. It comes with the first copy, however old the message is, to those
/// who see the message's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRow {
    /// The message's.
    pub id: MessageId,
    /// The message's.
    pub pos: Pos,
    /// Who pinned it, the last time, and when.
    pub by: UserId,
    pub at: Millis,
    /// Set once it is unpinned, or the message is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

impl RowKind for PinRow {
    const KIND: &'static str = "pin";
    const HOME: StreamKind = StreamKind::Conversation;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn pos(&self) -> Option<Pos> {
        Some(self.pos)
    }
}
