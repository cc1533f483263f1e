use super::RowKind;
use crate::{Millis, Pos, ids::ConversationId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// How far I have read a conversation: private, on my user stream. It goes back when I mark something as unread, and only then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMarkerRow {
    pub conversation: ConversationId,
    /// The newest message read.
    pub pos: Pos,
    pub at: Millis,
}

impl RowKind for ReadMarkerRow {
    const KIND: &'static str = "read_marker";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.conversation.to_string()
    }
}
