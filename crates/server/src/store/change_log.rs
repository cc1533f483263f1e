//! The shard's lock and its change log.

use super::{SHARD, StoreError, bulk::BulkInsert, columns, stream};
use hearth_protocol::{Seq, stream::StreamId};
use sqlx::{AnyConnection, Row as _};

/// One entry: a stream moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub n: u64,
    pub stream: StreamId,
    pub head: Seq,
}

/// Takes the shard's lock until the transaction ends, and says how far the log goes.
pub(crate) async fn lock(connection: &mut AnyConnection) -> Result<u64, StoreError> {
    let row = sqlx::query("UPDATE shard SET n = n WHERE shard = $1 RETURNING n").bind(i64::from(SHARD)).fetch_one(connection).await?;
    columns::number(&row, 0)
}

/// `(n, floor)`: how far the log goes and up to where it was pruned.
pub(crate) async fn bounds(connection: &mut AnyConnection) -> Result<(u64, u64), StoreError> {
    let row = sqlx::query("SELECT n, floor FROM shard WHERE shard = $1").bind(i64::from(SHARD)).fetch_one(connection).await?;
    Ok((columns::number(&row, 0)?, columns::number(&row, 1)?))
}

/// Writes the entries and moves the shard's number to the last of them.
pub(crate) async fn append(connection: &mut AnyConnection, entries: &[Entry]) -> Result<(), StoreError> {
    static INSERT: BulkInsert = BulkInsert::new("INSERT INTO change_log (shard, n, kind, owner, head) VALUES", 5, "");
    let Some(last) = entries.last() else { return Ok(()) };
    INSERT
        .run(connection, entries, |entry, values| {
            let (kind, owner) = stream::parts_of(entry.stream);
            values.number(u64::from(SHARD)).number(entry.n).add(kind).id(owner.as_bytes()).number(entry.head);
        })
        .await?;
    sqlx::query("UPDATE shard SET n = $2 WHERE shard = $1")
        .bind(i64::from(SHARD))
        .bind(columns::to_big(last.n))
        .execute(connection)
        .await?;
    Ok(())
}

/// The entries after `n`, oldest first.
pub(crate) async fn after(connection: &mut AnyConnection, n: u64, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query("SELECT n, kind, owner, head FROM change_log WHERE shard = $1 AND n > $2 ORDER BY n LIMIT $3")
        .bind(i64::from(SHARD))
        .bind(columns::to_big(n))
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let stream = stream::from_parts(row.try_get(1)?, columns::uuid(row, 2)?)?;
            Ok(Entry { n: columns::number(row, 0)?, stream, head: columns::number(row, 3)? })
        })
        .collect()
}

/// Drops the entries up to `floor`; a watermark below it is answered with full heads from then on.
pub(crate) async fn prune(connection: &mut AnyConnection, floor: u64) -> Result<(), StoreError> {
    let floor = columns::to_big(floor);
    sqlx::query("UPDATE shard SET floor = $2 WHERE shard = $1").bind(i64::from(SHARD)).bind(floor).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM change_log WHERE shard = $1 AND n <= $2").bind(i64::from(SHARD)).bind(floor).execute(connection).await?;
    Ok(())
}
