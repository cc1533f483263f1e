//! What actions want: rows in streams, without numbers.

use crate::store::{audit, rows::Record};
use hearth_protocol::{row::RowKey, stream::StreamId};

/// Put this row into this stream. Everything that one mutation changes in a stream gets the same, next seq of that stream; rows come
/// after those on which they stand, a conversation before its members.
pub(crate) struct Change {
    pub stream: StreamId,
    pub record: Record,
}

impl Change {
    pub fn new(stream: StreamId, record: Record) -> Self {
        Self { stream, record }
    }
}

/// What an action did.
#[derive(Default)]
pub(crate) struct Performed {
    pub changes: Vec<Change>,
    /// Rows that were already as the mutation wants them: they go into its answer as they are.
    pub existing: Vec<(StreamId, RowKey)>,
    /// The answer tells of the actor's own stream alone: what changes besides are as many rows as they have places, and comes like
    /// everything that others change.
    pub own: bool,
    /// What the audit log says of it.
    pub audit: Option<audit::Act>,
}

impl From<Vec<Change>> for Performed {
    fn from(changes: Vec<Change>) -> Self {
        Self { changes, ..Self::default() }
    }
}
