use super::{Lane, MutationKind};
use crate::ids::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Puts my emoji on a message, or takes it back. Done twice it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct React {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
    /// One emoji as Unicode lists it, in its fullest form.
    pub emoji: String,
    /// `false`: no longer.
    pub on: bool,
}

impl MutationKind for React {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
