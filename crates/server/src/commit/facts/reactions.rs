//! What stands on a message.

use super::View;
use crate::store::{StoreError, reaction, rows};
use hearth_protocol::{
    ids::{MessageId, UserId},
    row::RowKey,
    rows::{ReactionRow, RowData, RowKind},
    stream::StreamId,
};
use std::collections::BTreeSet;

/// What is there of a message's reactions.
pub(crate) struct Reactions {
    /// Each emoji once.
    pub emoji: BTreeSet<String>,
    /// How many somebody has put there.
    pub of_user: usize,
    /// How many everybody has.
    pub all: usize,
}

impl View<'_> {
    /// What there is on a message, and how much of it is somebody's, with what the batch has changed of it.
    pub async fn reactions(&mut self, stream: StreamId, message: MessageId, user: UserId) -> Result<Reactions, StoreError> {
        let mut counts = reaction::counts(self.connection, message).await?;
        let mut of_user = reaction::count_of(self.connection, message, user).await?;
        let unwritten: Vec<ReactionRow> =
            self.unwritten.into_iter().flat_map(|ledger| ledger.reactions_to(stream, message)).cloned().collect();
        for row in unwritten {
            let key = RowKey { kind: ReactionRow::KIND.into(), id: row.id() };
            let written = rows::one(self.connection, stream, &key).await?;
            let was = matches!(written.map(|row| row.data), Some(RowData::Reaction(ReactionRow { at: Some(_), .. })));
            let more = i64::from(row.at.is_some()) - i64::from(was);
            of_user += if row.user == user { more } else { 0 };
            *counts.entry(row.emoji).or_default() += more;
        }
        counts.retain(|_, count| *count > 0);
        let all = usize::try_from(counts.values().sum::<i64>()).unwrap_or(0);
        Ok(Reactions { emoji: counts.into_keys().collect(), of_user: usize::try_from(of_user).unwrap_or(0), all })
    }
}
