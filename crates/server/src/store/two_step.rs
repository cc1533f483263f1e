//! The second step of signing in: authenticator apps' secrets, sealed, and recovery codes.

use super::{StoreError, columns};
use hearth_protocol::{
    Millis,
    ids::UserId,
    limits::{TOTP_WRONG_MAX, TOTP_WRONG_MS},
};
use sqlx::{AnyConnection, Row as _};

/// The hash of a recovery code.
pub(crate) type CodeHash = [u8; 32];

/// A secret as it is kept.
#[derive(Clone)]
pub(crate) struct KeptSecret {
    pub sealed: Vec<u8>,
    /// Which key it lies under.
    pub sealed_by: String,
    /// The step whose code was taken last.
    pub last_step: u64,
}

/// What a try meets.
pub(crate) enum Attempt {
    Counted(KeptSecret),
    /// There were too many wrong ones; it may be tried again then.
    TooMany {
        until: Millis,
    },
    /// There is no second step.
    None,
}

/// The whole second step of an account, or the end of it.
pub(super) async fn write(
    connection: &mut AnyConnection,
    account: UserId,
    on: Option<(&KeptSecret, &[CodeHash])>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM totp WHERE account = $1").bind(account.as_bytes().to_vec()).execute(&mut *connection).await?;
    let Some((secret, codes)) = on else { return put_codes(connection, account, &[]).await };
    sqlx::query("INSERT INTO totp (account, secret, sealed_by, last_step, tries, tries_since) VALUES ($1, $2, $3, $4, 0, 0)")
        .bind(account.as_bytes().to_vec())
        .bind(secret.sealed.clone())
        .bind(secret.sealed_by.clone())
        .bind(columns::to_big(secret.last_step))
        .execute(&mut *connection)
        .await?;
    put_codes(connection, account, codes).await
}

/// Counts a try and gives what it is at, in the transaction in which it is then compared: nobody else tries meanwhile.
pub(crate) async fn attempt(connection: &mut AnyConnection, account: UserId, now: Millis) -> Result<Attempt, StoreError> {
    let row = sqlx::query(
        "UPDATE totp SET tries = CASE WHEN tries_since <= $2 THEN 1 ELSE tries + 1 END, \
         tries_since = CASE WHEN tries_since <= $2 THEN $3 ELSE tries_since END \
         WHERE account = $1 AND (tries < $4 OR tries_since <= $2) RETURNING secret, sealed_by, last_step",
    )
    .bind(account.as_bytes().to_vec())
    .bind(now - TOTP_WRONG_MS)
    .bind(now)
    .bind(TOTP_WRONG_MAX)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = row {
        let (sealed, sealed_by) = (row.try_get(0)?, row.try_get(1)?);
        return Ok(Attempt::Counted(KeptSecret { sealed, sealed_by, last_step: columns::number(&row, 2)? }));
    }
    let row = sqlx::query("SELECT tries_since FROM totp WHERE account = $1").bind(account.as_bytes().to_vec()).fetch_optional(connection);
    Ok(match row.await? {
        Some(row) => Attempt::TooMany { until: row.try_get::<i64, _>(0)? + TOTP_WRONG_MS },
        None => Attempt::None,
    })
}

/// The code of a step was right: it and older ones are worth nothing from here on, and the try does not count.
pub(crate) async fn take_step(connection: &mut AnyConnection, account: UserId, step: u64) -> Result<(), StoreError> {
    sqlx::query("UPDATE totp SET last_step = $2, tries = tries - 1 WHERE account = $1")
        .bind(account.as_bytes().to_vec())
        .bind(columns::to_big(step))
        .execute(connection)
        .await?;
    Ok(())
}

/// These and no others are an account's recovery codes.
pub(crate) async fn put_codes(connection: &mut AnyConnection, account: UserId, codes: &[CodeHash]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM recovery_code WHERE account = $1").bind(account.as_bytes().to_vec()).execute(&mut *connection).await?;
    for hash in codes {
        sqlx::query("INSERT INTO recovery_code (account, hash) VALUES ($1, $2)")
            .bind(account.as_bytes().to_vec())
            .bind(hash.to_vec())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Uses up a recovery code; false if it is none, or none any more.
pub(crate) async fn take_code(connection: &mut AnyConnection, account: UserId, hash: CodeHash) -> Result<bool, StoreError> {
    let taken = sqlx::query("DELETE FROM recovery_code WHERE account = $1 AND hash = $2")
        .bind(account.as_bytes().to_vec())
        .bind(hash.to_vec())
        .execute(connection)
        .await?;
    Ok(taken.rows_affected() == 1)
}

pub(crate) async fn codes_left(connection: &mut AnyConnection, account: UserId) -> Result<u32, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM recovery_code WHERE account = $1");
    let row = row.bind(account.as_bytes().to_vec()).fetch_one(connection).await?;
    u32::try_from(row.try_get::<i64, _>(0)?).map_err(|_| StoreError::Unreadable("number"))
}

/// How many secrets lie under another key than this one.
pub(crate) async fn sealed_by_others(connection: &mut AnyConnection, key: &str) -> Result<i64, StoreError> {
    let row = sqlx::query("SELECT COUNT(*) FROM totp WHERE sealed_by <> $1").bind(key.to_owned()).fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}
