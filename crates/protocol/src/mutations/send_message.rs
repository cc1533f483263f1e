use crate::{body::Body, ids::ConversationId};
use serde::{Deserialize, Serialize};

/// Writes a message. Its id is the mutation's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SendMessage {
    pub conversation: ConversationId,
    pub body: Body,
}
