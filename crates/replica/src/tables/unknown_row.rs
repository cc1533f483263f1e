use crate::{Result, sql::int};
use hearth_protocol::{Seq, row::RowKey, stream::StreamId};
use sqlx::SqliteConnection;

/// Returns whether it changed anything.
pub(crate) async fn apply(tx: &mut SqliteConnection, stream: StreamId, seq: Seq, key: &RowKey, raw: &str) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO unknown_row (stream, kind, id, seq, raw) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (stream, kind, id) DO UPDATE SET seq = excluded.seq, raw = excluded.raw
         WHERE excluded.seq > unknown_row.seq",
    )
    .bind(stream.to_string())
    .bind(&key.kind)
    .bind(&key.id)
    .bind(int(seq))
    .bind(raw);
    crate::sql::run(tx, query).await
}

pub(crate) async fn delete(tx: &mut SqliteConnection, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query("DELETE FROM unknown_row WHERE stream = ? AND seq <= ?")
        .bind(stream.to_string())
        .bind(keep_after.map_or(i64::MAX, int))
        .execute(tx)
        .await?;
    Ok(())
}
