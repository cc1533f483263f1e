//! What is in people's collections.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
    star::On,
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{CollectionId, ConversationId, MessageId, MutationId, UserId},
    row::Row,
    rows::{CollectedKind, CollectedRow},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

macro_rules! collected_select {
    ($condition:literal) => {
        concat!("SELECT collection, item, kind, conversation, pos, collected_at, ended_at, seq, account FROM collected WHERE ", $condition)
    };
}

impl Stored for CollectedRow {
    type Record = CollectedRow;

    fn row(record: &CollectedRow) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut CollectedRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(collected_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, collection, item LIMIT $4"))
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .bind(limit)
            .fetch_all(connection)
            .await?;
        rows.iter().map(row).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let Some((collection, item)) = id.split_once(':') else { return Err(StoreError::Unreadable("row key")) };
        let found = sqlx::query(collected_select!("account = $1 AND collection = $2 AND item = $3"))
            .bind(stream.owner().as_bytes().to_vec())
            .bind(columns::id_of(collection)?)
            .bind(columns::id_of(item)?)
            .fetch_optional(connection)
            .await?;
        found.as_ref().map(row).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, CollectedRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO collected (account, collection, item, kind, conversation, pos, collected_at, ended_at, seq) VALUES",
            9,
            "ON CONFLICT (account, collection, item) DO UPDATE SET collected_at = excluded.collected_at, ended_at = excluded.ended_at, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.collection.as_bytes()).id(row.item.as_bytes()).add(row.kind.as_str());
                values.id(row.conversation.as_bytes()).number(row.pos).add(row.at).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// What is in collections, by whose they are and where it is in them.
pub(crate) type Collected = BTreeMap<(UserId, CollectionId, MessageId), CollectedRow>;

/// What of that ends in one commit where messages are no longer kept: what it is told on is a stream for each of their people.
const BELOW_MAX: i64 = 500;

/// Everybody's of some messages, as far as it is written; below a place the first so much.
pub(crate) async fn find(connection: &mut AnyConnection, on: On) -> Result<Collected, StoreError> {
    let query = match on {
        On::Message(message) => sqlx::query(collected_select!("item = $1 AND ended_at IS NULL")).bind(message.as_bytes().to_vec()),
        On::Below(conversation, pos) => {
            sqlx::query(collected_select!("conversation = $1 AND pos < $2 AND ended_at IS NULL ORDER BY pos, account, collection LIMIT $3"))
                .bind(conversation.as_bytes().to_vec())
                .bind(columns::to_big(pos))
                .bind(BELOW_MAX)
        }
    };
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(keyed).collect()
}

/// What is in a collection, as far as it is written.
pub(crate) async fn inside(connection: &mut AnyConnection, user: UserId, collection: CollectionId) -> Result<Collected, StoreError> {
    let rows = sqlx::query(collected_select!("account = $1 AND collection = $2 AND ended_at IS NULL"))
        .bind(user.as_bytes().to_vec())
        .bind(collection.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(keyed).collect()
}

/// How much is in a collection, as far as it is written.
pub(crate) async fn count(connection: &mut AnyConnection, user: UserId, collection: CollectionId) -> Result<usize, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM collected WHERE account = $1 AND collection = $2 AND ended_at IS NULL")
        .bind(user.as_bytes().to_vec())
        .bind(collection.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))
}

/// Whether something is still in a collection that is no longer kept of a conversation.
pub(crate) async fn is_left_behind(connection: &mut AnyConnection, conversation: ConversationId) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT c.item FROM collected c JOIN retention r ON r.conversation = c.conversation \
         WHERE c.conversation = $1 AND c.pos < r.pos AND c.ended_at IS NULL LIMIT 1",
    )
    .bind(conversation.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

fn keyed(row: &AnyRow) -> Result<((UserId, CollectionId, MessageId), CollectedRow), StoreError> {
    let data = read(row)?;
    Ok(((columns::user(row, 8)?, data.collection, data.item), data))
}

fn row(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 7)?, read(row)?))
}

fn read(row: &AnyRow) -> Result<CollectedRow, StoreError> {
    Ok(CollectedRow {
        collection: CollectionId(columns::uuid(row, 0)?),
        item: MutationId(columns::uuid(row, 1)?),
        kind: CollectedKind::parse(row.try_get(2)?),
        conversation: columns::conversation(row, 3)?,
        pos: columns::number(row, 4)?,
        at: row.try_get(5)?,
        ended_at: row.try_get(6)?,
    })
}
