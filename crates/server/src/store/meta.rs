//! The epoch and the count of starts.

use super::{StoreError, columns};
use hearth_protocol::{Millis, ids::Epoch};
use sqlx::{AnyConnection, Row as _};

/// Every epoch that this database has had, oldest first.
pub(crate) async fn epochs(connection: &mut AnyConnection) -> Result<Vec<Epoch>, StoreError> {
    let rows = sqlx::query("SELECT id FROM epoch ORDER BY number").fetch_all(connection).await?;
    rows.iter().map(|row| columns::uuid(row, 0).map(Epoch)).collect()
}

pub(crate) async fn add_epoch(connection: &mut AnyConnection, number: usize, epoch: Epoch, now: Millis) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO epoch (number, id, began_at, schedules_stopped_at) VALUES ($1, $2, $3, $4)")
        .bind(columns::to_big(number as u64))
        .bind(epoch.as_bytes().to_vec())
        .bind(now)
        // Before the first nothing was scheduled.
        .bind((number == 1).then_some(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// When the epoch in force began, while what was scheduled for then has not been stopped; `None` once it is, and in the first epoch.
pub(crate) async fn unstopped(connection: &mut AnyConnection) -> Result<Option<Millis>, StoreError> {
    let sql = "SELECT MAX(began_at) FROM epoch WHERE schedules_stopped_at IS NULL";
    Ok(sqlx::query(sql).fetch_one(connection).await?.try_get(0)?)
}

pub(crate) async fn set_stopped(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    let sql = "UPDATE epoch SET schedules_stopped_at = $1 WHERE schedules_stopped_at IS NULL";
    sqlx::query(sql).bind(now).execute(connection).await?;
    Ok(())
}

/// How often a server was started on this database.
pub(crate) async fn starts(connection: &mut AnyConnection) -> Result<u64, StoreError> {
    let row = sqlx::query("SELECT value FROM meta WHERE name = 'starts'").fetch_optional(connection).await?;
    match row {
        Some(row) => row.try_get::<&str, _>(0)?.parse().map_err(|_| StoreError::Unreadable("number of starts")),
        None => Ok(0),
    }
}

pub(crate) async fn set_starts(connection: &mut AnyConnection, starts: u64) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO meta (name, value) VALUES ('starts', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(starts.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
