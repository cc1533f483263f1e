use super::{Lane, MutationKind};
use crate::{
    body::Body,
    ids::{ConversationId, MessageId},
};
use serde::{Deserialize, Serialize};

/// Gives my message another text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditMessage {
    /// Where it stands: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
    /// The revision that was on the screen. When it is another one by now the edit is refused as a conflict, with the message as it is.
    pub based_on: u32,
    pub body: Body,
}

impl MutationKind for EditMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
