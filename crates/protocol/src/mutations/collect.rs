use super::{Lane, MutationKind};
use crate::ids::{CollectionId, ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// Puts a message into a collection of mine, or takes it out. Nobody else hears of it. It is not of the lane of its conversation: the
/// collection may have been made just before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collect {
    pub collection: CollectionId,
    /// Where the message stands.
    pub conversation: ConversationId,
    pub message: MessageId,
    pub on: bool,
}

impl MutationKind for Collect {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
