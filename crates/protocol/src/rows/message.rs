use super::RowKind;
use crate::{
    Millis, Pos,
    body::Body,
    ids::{MessageId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// What people read, on its conversation's stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageRow {
    pub id: MessageId,
    pub pos: Pos,
    pub sender: UserId,
    /// `None` is a tombstone: the message was deleted and cannot come back.
    pub body: Option<Body>,
    pub created_at: Millis,
    pub edited_at: Option<Millis>,
    /// Counts edits from 0.
    pub revision: u32,
    /// The message of the same conversation that it answers; `None` of a tombstone. Only the id: what stands there is for each viewer's
    /// own rows to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Who sent it has passed on what was said elsewhere. Where and by whom is not told: not everybody here may see that place. Never of a
    /// tombstone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
    /// The message of the same conversation in whose thread it stands; also of a tombstone, which stands there still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_root: Option<MessageId>,
    /// It is of a thread and stands among the messages of the conversation as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_conversation: bool,
}

impl MessageRow {
    /// Said in a thread alone: it is not among the messages of the conversation, and does not count as unread there.
    pub fn is_aside(&self) -> bool {
        self.thread_root.is_some() && !self.in_conversation
    }
}

impl RowKind for MessageRow {
    const KIND: &'static str = "message";
    const HOME: StreamKind = StreamKind::Conversation;
    const PLACED: bool = true;

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn pos(&self) -> Option<Pos> {
        Some(self.pos)
    }
}
