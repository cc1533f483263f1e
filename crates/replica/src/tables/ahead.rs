//! Ranges of changes that arrived before those that precede them, so that the cursor can jump once the hole is filled.

use crate::{
    Result,
    sql::{int, number},
};
use hearth_protocol::{Seq, stream::StreamId};
use sqlx::SqliteConnection;

/// A pull closes any hole: beyond this many ranges the later ones are only not remembered.
const RANGES_MAX: i64 = 64;

pub(crate) async fn add(tx: &mut SqliteConnection, stream: StreamId, prev: Seq, seq: Seq) -> Result<()> {
    sqlx::query(
        "INSERT OR IGNORE INTO ahead (stream, prev, seq)
         SELECT ?1, ?2, ?3 WHERE (SELECT count(*) FROM ahead WHERE stream = ?1) < ?4",
    )
    .bind(stream.to_string())
    .bind(int(prev))
    .bind(int(seq))
    .bind(RANGES_MAX)
    .execute(tx)
    .await?;
    Ok(())
}

/// Where the cursor gets to from `cursor` over ranges that touch; they are used up.
pub(crate) async fn jump(tx: &mut SqliteConnection, stream: StreamId, cursor: Seq) -> Result<Seq> {
    let ranges: Vec<(i64, i64)> =
        sqlx::query_as("SELECT prev, seq FROM ahead WHERE stream = ? ORDER BY prev").bind(stream.to_string()).fetch_all(&mut *tx).await?;
    if ranges.is_empty() {
        return Ok(cursor);
    }
    let reached =
        ranges.iter().fold(cursor, |reached, (prev, seq)| if number(*prev) <= reached { reached.max(number(*seq)) } else { reached });
    sqlx::query("DELETE FROM ahead WHERE stream = ? AND prev <= ?").bind(stream.to_string()).bind(int(reached)).execute(tx).await?;
    Ok(reached)
}

pub(crate) async fn clear(tx: &mut SqliteConnection, stream: StreamId) -> Result<()> {
    sqlx::query("DELETE FROM ahead WHERE stream = ?").bind(stream.to_string()).execute(tx).await?;
    Ok(())
}
