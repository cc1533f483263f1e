use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{ConversationId, MessageId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// How I stand to a thread: whether I follow it and how far I have read it. Private, on my user stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadRow {
    /// Its root's.
    pub id: MessageId,
    pub conversation: ConversationId,
    /// The root's place there. The row itself has none: it is of another stream.
    #[serde(default)]
    pub pos: Pos,
    /// The place in the conversation up to which I have read the thread. It goes back when I mark something there as unread, and only then.
    pub read: Pos,
    /// I am told how many of its messages I have not read. `false` once I have left it.
    pub following: bool,
    /// When it last changed.
    pub at: Millis,
    /// Set once the root is gone or I am out of the conversation: then I stand to it as if I had never followed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

impl RowKind for ThreadRow {
    const KIND: &'static str = "thread";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}
