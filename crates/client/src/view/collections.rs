//! My collections of messages.

use hearth_protocol::ids::{CollectionId, ConversationId};
use serde::Serialize;
use ts_rs::TS;

/// The lists in which messages are that I want to find again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CollectionList {
    /// The conversations in which I have starred something, that with the newest star first.
    pub conversations: Vec<StarredIn>,
    /// Those that I have made, in that order.
    pub made: Vec<CollectionView>,
}

/// A conversation in which I have starred something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StarredIn {
    pub conversation: ConversationId,
    /// What that is called.
    pub name: String,
}

/// A collection that I have made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CollectionView {
    pub id: CollectionId,
    pub name: String,
    /// The message that was asked about is in it.
    pub holds: bool,
}
