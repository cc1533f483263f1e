//! What people have hidden for themselves.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
    star::{BELOW_MAX, On},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, MessageId, MutationId, UserId},
    row::Row,
    rows::HiddenRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::{BTreeMap, BTreeSet};

macro_rules! hidden_select {
    ($condition:literal) => {
        concat!("SELECT message, conversation, pos, hidden_at, ended_at, seq, account FROM hidden WHERE ", $condition)
    };
}

impl Stored for HiddenRow {
    type Record = HiddenRow;

    fn row(record: &HiddenRow) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut HiddenRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(hidden_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, message LIMIT $4"))
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .bind(limit)
            .fetch_all(connection)
            .await?;
        rows.iter().map(row).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let found = sqlx::query(hidden_select!("account = $1 AND message = $2"))
            .bind(stream.owner().as_bytes().to_vec())
            .bind(columns::id_of(id)?)
            .fetch_optional(connection)
            .await?;
        found.as_ref().map(row).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, HiddenRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO hidden (account, message, conversation, pos, hidden_at, ended_at, seq) VALUES",
            7,
            "ON CONFLICT (account, message) DO UPDATE SET hidden_at = excluded.hidden_at, ended_at = excluded.ended_at, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).id(row.conversation.as_bytes()).number(row.pos);
                values.add(row.at).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// What is hidden, by who has hidden it and the message.
pub(crate) type Hidden = BTreeMap<(UserId, MessageId), HiddenRow>;

/// Everybody's, as far as it is written; below a place the first so much, as of stars.
pub(crate) async fn find(connection: &mut AnyConnection, on: On) -> Result<Hidden, StoreError> {
    let query = match on {
        On::Message(message) => sqlx::query(hidden_select!("message = $1 AND ended_at IS NULL")).bind(message.as_bytes().to_vec()),
        On::Below(conversation, pos) => {
            sqlx::query(hidden_select!("conversation = $1 AND pos < $2 AND ended_at IS NULL ORDER BY pos, account LIMIT $3"))
                .bind(conversation.as_bytes().to_vec())
                .bind(columns::to_big(pos))
                .bind(BELOW_MAX)
        }
    };
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| read(row).and_then(|hidden| Ok(((columns::user(row, 6)?, hidden.id), hidden)))).collect()
}

/// Whether somebody still hides something of what is no longer kept of a conversation.
pub(crate) async fn is_left_behind(connection: &mut AnyConnection, conversation: ConversationId) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT h.message FROM hidden h JOIN retention r ON r.conversation = h.conversation \
         WHERE h.conversation = $1 AND h.pos < r.pos AND h.ended_at IS NULL LIMIT 1",
    )
    .bind(conversation.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

/// How much somebody has hidden, as far as it is written.
pub(crate) async fn count(connection: &mut AnyConnection, user: UserId) -> Result<usize, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM hidden WHERE account = $1 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))
}

/// What somebody has hidden, as far as it is written.
pub(crate) async fn of(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<MessageId>, StoreError> {
    let rows = sqlx::query("SELECT message FROM hidden WHERE account = $1 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(MutationId(columns::uuid(row, 0)?))).collect()
}

fn row(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 5)?, read(row)?))
}

fn read(row: &AnyRow) -> Result<HiddenRow, StoreError> {
    Ok(HiddenRow {
        id: MutationId(columns::uuid(row, 0)?),
        conversation: columns::conversation(row, 1)?,
        pos: columns::number(row, 2)?,
        at: row.try_get(3)?,
        ended_at: row.try_get(4)?,
    })
}
