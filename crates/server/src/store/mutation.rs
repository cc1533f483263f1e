//! Mutations that were applied.

use super::{
    StoreError,
    bulk::{BulkInsert, placeholders},
    columns,
    dialect::Dialect,
};
use hearth_protocol::{
    Millis, Seq,
    ids::{MessageId, MutationId, UserId},
    row::RowKey,
    stream::StreamId,
};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use std::collections::HashMap;

/// The rows of one stream that a mutation changed, by key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Touched {
    pub stream: StreamId,
    /// Where in the stream it did so; 0 for a mutation that found things as it wanted them.
    pub seq: Seq,
    pub keys: Vec<RowKey>,
}

/// An applied mutation as it is written.
pub(crate) struct AppliedMutation {
    pub id: MutationId,
    pub account: UserId,
    pub intent: &'static str,
    pub payload_hash: [u8; 32],
    pub touched: Vec<Touched>,
    pub at: Millis,
}

/// What is known about a mutation that comes again.
pub(crate) struct Earlier {
    pub account: UserId,
    pub payload_hash: Vec<u8>,
    pub touched: Vec<Touched>,
}

pub(crate) async fn insert(connection: &mut AnyConnection, mutations: &[AppliedMutation]) -> Result<(), StoreError> {
    static INSERT: BulkInsert =
        BulkInsert::new("INSERT INTO mutation (id, account, intent, payload_hash, result, applied_at) VALUES", 6, "");
    INSERT
        .run(connection, mutations, |mutation, values| {
            // Plain names and numbers always serialise.
            let result = serde_json::to_string(&mutation.touched).unwrap_or_else(|_| "[]".into());
            values.id(mutation.id.as_bytes()).id(mutation.account.as_bytes()).add(mutation.intent);
            values.id(&mutation.payload_hash).add(result).add(mutation.at);
        })
        .await
}

/// Those of the ids that were applied before.
pub(crate) async fn earlier(connection: &mut AnyConnection, ids: &[MutationId]) -> Result<HashMap<MutationId, Earlier>, StoreError> {
    let mut found = HashMap::new();
    let dialect = Dialect::of_connection(connection);
    // Padded to powers of four, so that few texts are prepared; a repeated id finds nothing new.
    for chunk in ids.chunks(256) {
        let Some(last) = chunk.last() else { continue };
        let size = [1, 4, 16, 64].into_iter().find(|size| chunk.len() <= *size).unwrap_or(256);
        let sql = format!("SELECT id, account, payload_hash, result FROM mutation WHERE id IN ({})", placeholders(dialect, size));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for index in 0..size {
            query = query.bind(chunk.get(index).unwrap_or(last).as_bytes().to_vec());
        }
        for row in query.fetch_all(&mut *connection).await? {
            let touched = serde_json::from_str(row.try_get(3)?).map_err(|_| StoreError::Unreadable("mutation's result"))?;
            let earlier = Earlier { account: columns::user(&row, 1)?, payload_hash: row.try_get(2)?, touched };
            found.insert(MutationId(columns::uuid(&row, 0)?), earlier);
        }
    }
    Ok(found)
}

/// What the sending of a message changed, and when that was: the only trace of one that is kept no longer.
pub(crate) async fn sent(connection: &mut AnyConnection, message: MessageId) -> Result<Option<(Vec<Touched>, Millis)>, StoreError> {
    let row = sqlx::query("SELECT result, applied_at FROM mutation WHERE id = $1 AND intent = 'send_message'")
        .bind(message.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let touched = serde_json::from_str(row.try_get(0)?).map_err(|_| StoreError::Unreadable("mutation's result"))?;
    Ok(Some((touched, row.try_get(1)?)))
}

/// Forgets results older than `before`, except those of messages: a message's id is unique for ever.
pub(crate) async fn prune(connection: &mut AnyConnection, before: Millis) -> Result<u64, StoreError> {
    let result = sqlx::query("DELETE FROM mutation WHERE applied_at < $1 AND intent NOT IN ('send_message', 'schedule_message')")
        .bind(before)
        .execute(connection)
        .await?;
    Ok(result.rows_affected())
}
