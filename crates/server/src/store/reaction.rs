//! What people have put on messages.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Millis, Pos, Seq,
    ids::{ConversationId, MessageId, MutationId, UserId},
    limits,
    row::Row,
    rows::{ReactionRow, RowData},
    stream::StreamId,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: &str = "message, pos, account, emoji, reacted_at, seq";

/// A reaction as it is written.
pub(crate) struct Reaction {
    pub row: ReactionRow,
    /// Set for a tombstone.
    pub removed_at: Option<Millis>,
}

impl Reaction {
    /// What stays of a reaction that is taken back.
    pub fn tombstone(row: ReactionRow, now: Millis) -> Self {
        Self { row: ReactionRow { at: None, ..row }, removed_at: Some(now) }
    }
}

impl Stored for ReactionRow {
    type Record = Reaction;

    fn row(record: &Reaction) -> Self {
        record.row.clone()
    }

    fn into_row(record: Reaction) -> Self {
        record.row
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut Reaction, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let select = &format!("SELECT {COLUMNS} FROM reaction");
        reads::changed_in_windows(connection, (select, "message, emoji, account"), sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let mut parts = id.splitn(3, ':');
        let (Some(message), Some(account), Some(emoji)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(StoreError::Unreadable("row key"));
        };
        let sql = format!("SELECT {COLUMNS} FROM reaction WHERE message = $1 AND emoji = $2 AND account = $3 AND conversation = $4");
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(columns::id_of(message)?)
            .bind(emoji.to_owned())
            .bind(columns::id_of(account)?)
            .bind(stream.owner().as_bytes().to_vec())
            .fetch_optional(connection)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Reaction>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO reaction (message, emoji, account, conversation, pos, reacted_at, removed_at, seq) VALUES",
            8,
            "ON CONFLICT (message, emoji, account) DO UPDATE SET reacted_at = excluded.reacted_at, removed_at = excluded.removed_at, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let Reaction { row, removed_at } = put.record;
                values.id(row.message.as_bytes()).add(row.emoji.clone()).id(row.user.as_bytes()).id(put.stream.owner().as_bytes());
                values.number(row.pos).add(row.at).add(*removed_at).number(put.seq);
            })
            .await?;
        // A later mutation of the batch may have deleted the message.
        forget_deleted(connection, puts.iter().map(|put| put.record.row.message)).await
    }
}

/// Of these messages those that are deleted have no reactions: not even what stays of one that was taken back.
pub(super) async fn forget_deleted(connection: &mut AnyConnection, messages: impl Iterator<Item = MessageId>) -> Result<(), StoreError> {
    for message in messages.collect::<BTreeSet<_>>() {
        sqlx::query(
            "DELETE FROM reaction WHERE message = $1 AND EXISTS (SELECT 1 FROM message m WHERE m.id = $1 AND m.deleted_at IS NOT NULL)",
        )
        .bind(message.as_bytes().to_vec())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// What stands on messages that were read as a page, oldest first, goes with them. Where that is too much, the oldest of them are left out:
/// `true` then.
pub(crate) async fn bring(connection: &mut AnyConnection, conversation: ConversationId, page: &mut Vec<Row>) -> Result<bool, StoreError> {
    let place = |row: Option<&Row>| row.and_then(|row| row.data.pos());
    let (Some(first), Some(last)) = (place(page.first()), place(page.last())) else { return Ok(false) };
    let counts = sqlx::query(
        "SELECT pos, COUNT(*) FROM reaction WHERE conversation = $1 AND pos >= $2 AND pos <= $3 AND removed_at IS NULL GROUP BY pos",
    )
    .bind(conversation.as_bytes().to_vec())
    .bind(columns::to_big(first))
    .bind(columns::to_big(last))
    .fetch_all(&mut *connection)
    .await?;
    let mut count: BTreeMap<Pos, u64> = BTreeMap::new();
    for row in &counts {
        count.insert(columns::number(row, 0)?, columns::number(row, 1)?);
    }
    if count.is_empty() {
        return Ok(false);
    }
    let mut sum = 0;
    let fits = page.iter().rev().take_while(|row| {
        sum += row.data.pos().and_then(|pos| count.get(&pos)).copied().unwrap_or(0);
        sum <= limits::REACTIONS_PER_PAGE_MAX
    });
    let left_out = page.len() - fits.count().max(1);
    page.drain(..left_out);
    let places: BTreeSet<Pos> = page.iter().filter_map(|row| row.data.pos()).collect();
    let found = between(connection, conversation, places.first().copied().unwrap_or(last), last).await?;
    // What lies between two windows is not theirs to see.
    page.extend(found.into_iter().filter(|row| row.data.pos().is_some_and(|pos| places.contains(&pos))));
    Ok(left_out > 0)
}

/// What stands on one message.
pub(crate) async fn of_message(connection: &mut AnyConnection, conversation: ConversationId, pos: Pos) -> Result<Vec<Row>, StoreError> {
    between(connection, conversation, pos, pos).await
}

async fn between(connection: &mut AnyConnection, conversation: ConversationId, from: Pos, last: Pos) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reaction WHERE conversation = $1 AND pos >= $2 AND pos <= $3 AND removed_at IS NULL \
         ORDER BY pos, emoji, account"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(conversation.as_bytes().to_vec())
        .bind(columns::to_big(from))
        .bind(columns::to_big(last))
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// How many people have which emoji on a message.
pub(crate) async fn counts(connection: &mut AnyConnection, message: MessageId) -> Result<BTreeMap<String, i64>, StoreError> {
    let rows = sqlx::query("SELECT emoji, COUNT(*) FROM reaction WHERE message = $1 AND removed_at IS NULL GROUP BY emoji")
        .bind(message.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// How many emoji somebody has on a message.
pub(crate) async fn count_of(connection: &mut AnyConnection, message: MessageId, user: UserId) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM reaction WHERE message = $1 AND account = $2 AND removed_at IS NULL")
        .bind(message.as_bytes().to_vec())
        .bind(user.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(row.try_get(0)?)
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = ReactionRow {
        message: MutationId(columns::uuid(row, 0)?),
        pos: columns::number(row, 1)?,
        user: columns::user(row, 2)?,
        emoji: row.try_get(3)?,
        at: row.try_get(4)?,
    };
    Ok(Row { seq: columns::number(row, 5)?, data: RowData::Reaction(data) })
}
