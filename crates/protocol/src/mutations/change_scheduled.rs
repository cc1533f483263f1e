use super::{Lane, MutationKind};
use crate::{
    Millis,
    body::Body,
    ids::{ConversationId, MessageId},
};
use serde::{Deserialize, Serialize};

/// Gives a message that waits for its time another text or another time; what could not be sent waits again. A time that has passed means
/// now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeScheduled {
    /// Where it is to be sent: names the lane.
    pub conversation: ConversationId,
    pub message: MessageId,
    /// The revision that was on the screen. When it is another one by now, or the message has gone out, the change is refused as a
    /// conflict, with the row as it is.
    pub based_on: u32,
    /// `None` leaves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// `None` leaves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_at: Option<Millis>,
}

impl MutationKind for ChangeScheduled {
    fn lane(&self) -> Lane {
        Lane::Conversation(self.conversation)
    }
}
