//! From where on conversations are kept, and the end of what stood before.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, message, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{Millis, Pos, Seq, ids::ConversationId, row::Row, rows::RetentionRow, stream::StreamId};
use sqlx::{AnyConnection, Row as _};

/// Messages of one transaction: the committer waits meanwhile.
const MESSAGES_MAX: i64 = 500;

impl Stored for RetentionRow {
    type Record = RetentionRow;

    fn row(record: &RetentionRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut RetentionRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::Conversation(conversation) = stream else { return Err(StoreError::Unreadable("stream of a retention")) };
        view.learn_retention(conversation, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), _limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT pos, removed_at, seq FROM retention WHERE conversation = $1 AND seq > $2 AND seq <= $3";
        reads::only(connection, sql, sight, range, |row| {
            Ok(Row::new(columns::number(row, 2)?, RetentionRow { pos: columns::number(row, 0)?, at: row.try_get(1)? }))
        })
        .await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, _id: &str) -> Result<Option<Row>, StoreError> {
        Ok(Self::changed(connection, &Sight::whole(stream), (0, Seq::MAX), 1).await?.pop())
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, RetentionRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO retention (conversation, pos, removed_at, seq) VALUES",
            4,
            "ON CONFLICT (conversation) DO UPDATE SET pos = excluded.pos, removed_at = excluded.removed_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                values.id(put.stream.owner().as_bytes()).number(put.record.pos).add(put.record.at).number(put.seq);
            })
            .await
    }
}

/// The first pos of a conversation that is kept; 0 where all is.
pub(crate) async fn pos(connection: &mut AnyConnection, conversation: ConversationId) -> Result<Pos, StoreError> {
    let row = sqlx::query("SELECT pos FROM retention WHERE conversation = $1")
        .bind(conversation.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(0), |row| columns::number(&row, 0))
}

/// Of every conversation from where on it is kept, but where all is.
#[cfg(feature = "sim")]
pub(crate) async fn all(connection: &mut AnyConnection) -> Result<Vec<(ConversationId, Pos)>, StoreError> {
    let rows = sqlx::query("SELECT conversation, pos FROM retention ORDER BY conversation").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::conversation(row, 0)?, columns::number(row, 1)?))).collect()
}

/// The conversations whose first message was written before `before`.
pub(crate) async fn due(connection: &mut AnyConnection, before: Millis) -> Result<Vec<ConversationId>, StoreError> {
    let rows = sqlx::query(
        "SELECT c.id FROM conversation c \
         WHERE (SELECT m.created_at FROM message m WHERE m.conversation = c.id ORDER BY m.pos LIMIT 1) < $1 ORDER BY c.id",
    )
    .bind(before)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| columns::conversation(row, 0)).collect()
}

/// The place of the first message that was not written before `before`; the next one to be given where there is none.
pub(crate) async fn first_kept(connection: &mut AnyConnection, conversation: ConversationId, before: Millis) -> Result<Pos, StoreError> {
    let row = sqlx::query("SELECT pos FROM message WHERE conversation = $1 AND created_at >= $2 ORDER BY pos LIMIT 1")
        .bind(conversation.as_bytes().to_vec())
        .bind(before)
        .fetch_optional(&mut *connection)
        .await?;
    match row {
        Some(row) => columns::number(&row, 0),
        None => Ok(message::last_pos(connection, conversation).await? + 1),
    }
}

/// Removes some of the messages below what is kept, with what was read of them. `false` when there are none left.
pub(crate) async fn purge(connection: &mut AnyConnection, conversation: ConversationId) -> Result<bool, StoreError> {
    let (kept, id) = (columns::to_big(pos(connection, conversation).await?), conversation.as_bytes().to_vec());
    let last = sqlx::query("SELECT MAX(p.pos) FROM (SELECT pos FROM message WHERE conversation = $1 AND pos < $2 ORDER BY pos LIMIT $3) p")
        .bind(id.clone())
        .bind(kept)
        .bind(MESSAGES_MAX)
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM read_receipt WHERE conversation = $1 AND pos < $2")
        .bind(id.clone())
        .bind(kept)
        .execute(&mut *connection)
        .await?;
    // They have ended; who is behind removes them with the place that the conversation begins with.
    sqlx::query("DELETE FROM pin WHERE conversation = $1 AND pos < $2").bind(id.clone()).bind(kept).execute(&mut *connection).await?;
    let Some(last) = last.try_get::<Option<i64>, _>(0)? else { return Ok(false) };
    // A place is never given twice, not even when its message was the newest.
    sqlx::query("UPDATE conversation SET purged_pos = $2 WHERE id = $1 AND purged_pos < $2")
        .bind(id.clone())
        .bind(last)
        .execute(&mut *connection)
        .await?;
    for sql in ["DELETE FROM reaction WHERE conversation = $1 AND pos <= $2", "DELETE FROM message WHERE conversation = $1 AND pos <= $2"] {
        sqlx::query(sql).bind(id.clone()).bind(last).execute(&mut *connection).await?;
    }
    Ok(true)
}
