use super::RowKind;
use crate::{Millis, ids::CollectionId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// A list of messages that I have made, or had. Private, on my user stream: nobody else hears of it. What is in it are rows of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRow {
    pub id: CollectionId,
    /// What I call it; empty once it is deleted.
    pub name: String,
    /// When I made it.
    pub at: Millis,
    /// Set once I have deleted it. What was in it has ended with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
}

impl RowKind for CollectionRow {
    const KIND: &'static str = "collection";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}
