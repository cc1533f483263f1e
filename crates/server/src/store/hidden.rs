//! What people have hidden for themselves.

use super::{
    StoreError, columns,
    own_mark::{Mark, OwnMark, own_mark},
};
use hearth_protocol::{
    ids::{MessageId, MutationId, UserId},
    rows::HiddenRow,
};
use sqlx::{AnyConnection, any::AnyRow};
use std::collections::BTreeSet;

impl OwnMark for HiddenRow {
    own_mark!(Hidden in "hidden": "message", "hidden_at", "", 7, "message", "message = $2");

    fn mark(&self) -> Mark {
        let Self { id: message, conversation, pos, at, ended_at } = *self;
        Mark { message, conversation, pos, at, ended_at }
    }

    fn read(mark: Mark, _row: &AnyRow) -> Result<Self, StoreError> {
        let Mark { message: id, conversation, pos, at, ended_at } = mark;
        Ok(Self { id, conversation, pos, at, ended_at })
    }
}

/// What somebody has hidden, as far as it is written.
pub(crate) async fn of(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<MessageId>, StoreError> {
    let rows = sqlx::query("SELECT message FROM hidden WHERE account = $1 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(MutationId(columns::uuid(row, 0)?))).collect()
}
