use super::{Lane, MutationKind};
use crate::{
    Millis,
    body::Body,
    ids::{ConversationId, MessageId},
};
use serde::{Deserialize, Serialize};

/// Has the server send a message at a time. The message's id is the mutation's, as if it were sent now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScheduleMessage {
    pub conversation: ConversationId,
    pub body: Body,
    /// The message of the same conversation that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// By the server's clock. When that has passed as this arrives, the message goes out a few seconds later.
    pub send_at: Millis,
}

impl MutationKind for ScheduleMessage {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
