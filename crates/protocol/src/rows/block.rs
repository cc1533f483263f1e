use super::{Person, RowKind};
use crate::{Millis, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// Somebody whom I have blocked, or had: a row of my user stream alone. Nobody else is told, least of all them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRow {
    pub person: Person,
    /// When I did, the last time.
    pub since: Millis,
    /// Set once I have unblocked them.
    pub ended_at: Option<Millis>,
}

impl RowKind for BlockRow {
    const KIND: &'static str = "block";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.person.user.to_string()
    }
}
