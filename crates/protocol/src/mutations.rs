//! The mutations, one file each.

mod create_direct;
mod mark_read;
mod send_message;

pub use create_direct::CreateDirect;
pub use mark_read::MarkRead;
pub use send_message::SendMessage;

use crate::ids::ConversationId;
use serde::{Deserialize, Serialize};

/// What a mutation wants, by name: `{"send_message": {..}}` on the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    CreateDirect(CreateDirect),
    SendMessage(SendMessage),
    MarkRead(MarkRead),
}

/// Mutations of one lane reach the server in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lane {
    Conversation(ConversationId),
    /// Everything that belongs to no conversation.
    User,
}

impl Intent {
    /// Its name on the wire, in the mutation log and in the outbox.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateDirect(_) => "create_direct",
            Self::SendMessage(_) => "send_message",
            Self::MarkRead(_) => "mark_read",
        }
    }

    pub fn lane(&self) -> Lane {
        match self {
            Self::CreateDirect(intent) => Lane::Conversation(intent.conversation),
            Self::SendMessage(intent) => Lane::Conversation(intent.conversation),
            Self::MarkRead(intent) => Lane::Conversation(intent.conversation),
        }
    }
}
