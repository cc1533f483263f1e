use crate::{
    Result,
    sql::{damaged, int, number},
};
use hearth_protocol::{
    Seq,
    row::{Row, RowKey},
    rows::{KINDS, RowData},
    stream::StreamId,
};
use serde_json::value::RawValue;
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

/// A row as it was kept.
#[derive(sqlx::FromRow)]
pub(crate) struct Kept {
    pub stream: String,
    pub kind: String,
    pub id: String,
    pub seq: i64,
    pub raw: String,
}

/// Those of some kinds.
pub(crate) async fn of_kinds(tx: &mut SqliteConnection, kinds: &[&str]) -> Result<Vec<Kept>> {
    let sql =
        "SELECT stream, kind, id, seq, raw FROM unknown_row WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY stream, seq, kind, id";
    Ok(sqlx::query_as(sql).bind(crate::sql::json(kinds)?).fetch_all(tx).await?)
}

/// Those of a stream that this build does not know.
pub(crate) async fn of_stream(tx: &mut SqliteConnection, stream: StreamId) -> Result<Vec<Row>> {
    let sql =
        "SELECT stream, kind, id, seq, raw FROM unknown_row WHERE stream = ? AND kind NOT IN (SELECT value FROM json_each(?)) ORDER BY seq";
    let kept: Vec<Kept> = sqlx::query_as(sql).bind(stream.to_string()).bind(crate::sql::json(KINDS)?).fetch_all(tx).await?;
    let row = |Kept { kind, seq, raw, .. }: Kept| {
        let raw = RawValue::from_string(raw).map_err(damaged)?;
        Ok(Row::new(number(seq), RowData::Unknown { kind, raw }))
    };
    kept.into_iter().map(row).collect()
}

/// Removes one.
pub(crate) async fn take(tx: &mut SqliteConnection, stream: StreamId, key: &RowKey) -> Result<()> {
    sqlx::query("DELETE FROM unknown_row WHERE stream = ? AND kind = ? AND id = ?")
        .bind(stream.to_string())
        .bind(&key.kind)
        .bind(&key.id)
        .execute(tx)
        .await?;
    Ok(())
}
