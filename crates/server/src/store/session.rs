//! Signed-in devices.

use super::{StoreError, bulk::placeholders, columns, dialect::Dialect};
use hearth_protocol::{
    Millis,
    account::Device,
    ids::{DeviceId, SessionId, UserId},
};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::collections::HashSet;

/// A session that is good, as requests need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    pub device: DeviceId,
}

/// A session that has just ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub session: SessionId,
    pub device: DeviceId,
}

/// How a device came by its newest session.
pub(crate) struct Opened {
    pub name: String,
    pub platform: String,
    pub at: Millis,
}

/// Opens a session; `false`: the account is in use no more.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    session: Session,
    token_hash: &[u8; 32],
    device: &Device,
    now: Millis,
) -> Result<bool, StoreError> {
    let opened = sqlx::query(
        "INSERT INTO session (id, account, token_hash, device, device_name, platform, created_at, seen_at, ended_at) \
         SELECT $1, id, $3, $4, $5, $6, $7, $7, NULL FROM account WHERE id = $2 AND deleted_at IS NULL AND deactivated_at IS NULL",
    )
    .bind(session.id.as_bytes().to_vec())
    .bind(session.user.as_bytes().to_vec())
    .bind(token_hash.to_vec())
    .bind(session.device.as_bytes().to_vec())
    .bind(device.name.clone())
    .bind(device.platform.clone())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(opened.rows_affected() == 1)
}

/// The session of a token, if it has not ended.
pub(crate) async fn by_token(connection: &mut AnyConnection, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    let row = sqlx::query("SELECT id, account, device FROM session WHERE token_hash = $1 AND ended_at IS NULL")
        .bind(token_hash.to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Session { id: SessionId(columns::uuid(&row, 0)?), user: columns::user(&row, 1)?, device: DeviceId(columns::uuid(&row, 2)?) })
    })
    .transpose()
}

pub(crate) async fn end(connection: &mut AnyConnection, id: SessionId, now: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(id.as_bytes().to_vec())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends what a device of somebody has open, on the word of another one with this name.
pub(crate) async fn end_device(
    connection: &mut AnyConnection,
    account: UserId,
    device: DeviceId,
    by: &str,
    now: Millis,
) -> Result<Vec<Ended>, StoreError> {
    let rows = sqlx::query(
        "UPDATE session SET ended_at = $3, ended_by = $4 WHERE account = $1 AND device = $2 AND ended_at IS NULL RETURNING id, device",
    )
    .bind(account.as_bytes().to_vec())
    .bind(device.as_bytes().to_vec())
    .bind(now)
    .bind(by.to_owned())
    .fetch_all(connection)
    .await?;
    rows.iter().map(ended).collect()
}

/// Ends all sessions of a person but the one to keep, on the word of a device with this name if it was one's.
pub(crate) async fn end_others(
    connection: &mut AnyConnection,
    account: UserId,
    keep: Option<SessionId>,
    by: Option<String>,
    now: Millis,
) -> Result<Vec<Ended>, StoreError> {
    let rows = sqlx::query(
        "UPDATE session SET ended_at = $3, ended_by = $4 WHERE account = $1 AND id <> $2 AND ended_at IS NULL RETURNING id, device",
    )
    .bind(account.as_bytes().to_vec())
    .bind(keep.map_or_else(Vec::new, |keep| keep.as_bytes().to_vec()))
    .bind(now)
    .bind(by)
    .fetch_all(connection)
    .await?;
    rows.iter().map(ended).collect()
}

fn ended(row: &AnyRow) -> Result<Ended, StoreError> {
    Ok(Ended { session: SessionId(columns::uuid(row, 0)?), device: DeviceId(columns::uuid(row, 1)?) })
}

/// Why a session is over.
#[derive(Debug, Default)]
pub(crate) enum Ending {
    /// By its own doing, or so long ago that nobody knows.
    #[default]
    Own,
    /// From the person's device of this name.
    By(String),
    /// With the account.
    AccountDeleted,
    /// The account waits; by its own person's wish or not.
    Deactivated { by_oneself: bool },
}

pub(crate) async fn ending(connection: &mut AnyConnection, id: SessionId) -> Result<Ending, StoreError> {
    let sql = "SELECT s.ended_by, a.deleted_at, a.deactivated_at, a.deactivated_by_oneself FROM session s JOIN account a ON a.id = s.account WHERE s.id = $1";
    ending_at(sqlx::query(sql).bind(id.as_bytes().to_vec()).fetch_optional(connection).await?)
}

/// The same for whoever still has its token.
pub(crate) async fn ending_of_token(connection: &mut AnyConnection, token_hash: &[u8; 32]) -> Result<Ending, StoreError> {
    let sql = "SELECT s.ended_by, a.deleted_at, a.deactivated_at, a.deactivated_by_oneself FROM session s JOIN account a ON a.id = s.account WHERE s.token_hash = $1";
    ending_at(sqlx::query(sql).bind(token_hash.to_vec()).fetch_optional(connection).await?)
}

fn ending_at(row: Option<AnyRow>) -> Result<Ending, StoreError> {
    let Some(row) = row else { return Ok(Ending::Own) };
    if row.try_get::<Option<Millis>, _>(1)?.is_some() {
        return Ok(Ending::AccountDeleted);
    }
    if row.try_get::<Option<Millis>, _>(2)?.is_some() {
        return Ok(Ending::Deactivated { by_oneself: row.try_get::<i64, _>(3)? != 0 });
    }
    Ok(row.try_get::<Option<String>, _>(0)?.map_or(Ending::Own, Ending::By))
}

/// The newest good session of a device.
pub(crate) async fn of_device(connection: &mut AnyConnection, account: UserId, device: DeviceId) -> Result<Option<Opened>, StoreError> {
    let row = sqlx::query(
        "SELECT device_name, platform, created_at FROM session WHERE account = $1 AND device = $2 AND ended_at IS NULL \
         ORDER BY created_at DESC LIMIT 1",
    )
    .bind(account.as_bytes().to_vec())
    .bind(device.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok(Opened { name: row.try_get(0)?, platform: row.try_get(1)?, at: row.try_get(2)? })).transpose()
}

/// A person's good sessions, with their devices and when they were last noted as seen.
pub(crate) async fn open(connection: &mut AnyConnection, account: UserId) -> Result<Vec<(SessionId, DeviceId, Millis)>, StoreError> {
    let rows = sqlx::query("SELECT id, device, seen_at FROM session WHERE account = $1 AND ended_at IS NULL")
        .bind(account.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((SessionId(columns::uuid(row, 0)?), DeviceId(columns::uuid(row, 1)?), row.try_get(2)?))).collect()
}

/// Ends every session there is: what a new epoch does.
pub(crate) async fn end_all(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE session SET ended_at = $1 WHERE ended_at IS NULL").bind(now).execute(connection).await?;
    Ok(())
}

pub(crate) async fn seen(connection: &mut AnyConnection, id: SessionId, now: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE session SET seen_at = $2 WHERE id = $1").bind(id.as_bytes().to_vec()).bind(now).execute(connection).await?;
    Ok(())
}

/// Those of the sessions that are still good.
pub(crate) async fn good(connection: &mut AnyConnection, ids: &[SessionId]) -> Result<HashSet<SessionId>, StoreError> {
    let mut good = HashSet::new();
    let dialect = Dialect::of_connection(connection);
    for chunk in ids.chunks(500) {
        let sql = format!("SELECT id FROM session WHERE ended_at IS NULL AND id IN ({})", placeholders(dialect, chunk.len()));
        // Whoever connects asks for one, heartbeats for as many as there are.
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(chunk.len() == 1);
        for id in chunk {
            query = query.bind(id.as_bytes().to_vec());
        }
        for row in query.fetch_all(&mut *connection).await? {
            good.insert(SessionId(columns::uuid(&row, 0)?));
        }
    }
    Ok(good)
}

/// Forgets sessions that ended before a moment.
pub(crate) async fn prune(connection: &mut AnyConnection, before: Millis) -> Result<u64, StoreError> {
    Ok(sqlx::query("DELETE FROM session WHERE ended_at < $1").bind(before).execute(connection).await?.rows_affected())
}
