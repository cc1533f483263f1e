//! What actions want: changes without numbers.

use crate::store::account::NewAccount;
use hearth_protocol::{
    Millis,
    body::Body,
    ids::{ConversationId, MessageId, UserId},
    row::RowKey,
    rows::{ConversationRow, MemberRole, Person, ReadMarkerRow},
    stream::StreamId,
};

/// One change that an action wants. Everything that one mutation changes in a stream gets the same, next seq of that stream.
pub(crate) enum Change {
    /// A new person: the account row of their user stream.
    Account(Box<NewAccount>),
    /// A new conversation: the first row of its stream. It comes before its members.
    Conversation { row: ConversationRow, created_by: UserId },
    /// A new member: a row of the members stream and one of their own user stream.
    Member {
        conversation: ConversationId,
        person: Person,
        role: MemberRole,
        joined_at: Millis,
        /// The other person of a direct conversation.
        peer: Option<Person>,
    },
    /// A new message; it gets the next pos.
    Message { conversation: ConversationId, id: MessageId, sender: UserId, body: Body, at: Millis },
    /// A marker that moved forward.
    ReadMarker { account: UserId, row: ReadMarkerRow },
}

/// What an action did.
#[derive(Default)]
pub(crate) struct Performed {
    pub changes: Vec<Change>,
    /// Rows that were already as the mutation wants them: they go into its answer as they are.
    pub existing: Vec<(StreamId, RowKey)>,
}

impl From<Vec<Change>> for Performed {
    fn from(changes: Vec<Change>) -> Self {
        Self { changes, existing: Vec::new() }
    }
}
