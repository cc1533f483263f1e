//! One-time codes that are under way.

use super::StoreError;
use hearth_protocol::{Millis, code::CodePurpose, ids::UserId, limits::CODE_ATTEMPTS_MAX};
use sqlx::{AnyConnection, Row as _};

/// A code as it is kept.
pub(crate) struct KeptCode {
    /// A PHC string.
    pub hash: String,
    /// The address that it proves; empty where it proves none.
    pub email: String,
}

/// Takes the place of an older code for the same purpose.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    account: UserId,
    purpose: CodePurpose,
    code: &KeptCode,
    expires_at: Millis,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO one_time_code (account, purpose, hash, email, expires_at, attempts) VALUES ($1, $2, $3, $4, $5, 0) \
         ON CONFLICT (account, purpose) DO UPDATE SET hash = excluded.hash, email = excluded.email, expires_at = excluded.expires_at, \
         attempts = 0",
    )
    .bind(account.as_bytes().to_vec())
    .bind(purpose.as_str())
    .bind(code.hash.clone())
    .bind(code.email.clone())
    .bind(expires_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts an attempt and gives the code that it is at; `None` when there is none that is good any more. Counted before anything is
/// compared: however many try at the same time, five is all they get.
pub(crate) async fn attempt(
    connection: &mut AnyConnection,
    account: UserId,
    purpose: CodePurpose,
    now: Millis,
) -> Result<Option<KeptCode>, StoreError> {
    let row = sqlx::query(
        "UPDATE one_time_code SET attempts = attempts + 1 WHERE account = $1 AND purpose = $2 AND expires_at > $3 AND attempts < $4 \
         RETURNING hash, email",
    )
    .bind(account.as_bytes().to_vec())
    .bind(purpose.as_str())
    .bind(now)
    .bind(CODE_ATTEMPTS_MAX)
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok(KeptCode { hash: row.try_get(0)?, email: row.try_get(1)? })).transpose()
}

/// An attempt at a code that is not there is a write as well, so that it takes as long.
pub(crate) async fn attempt_nothing(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO meta (name, value) VALUES ('missed_code', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(now.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Uses the code up; false when somebody else was quicker, or a newer one has taken its place.
pub(crate) async fn take(
    connection: &mut AnyConnection,
    account: UserId,
    purpose: CodePurpose,
    code: &KeptCode,
) -> Result<bool, StoreError> {
    let taken = sqlx::query("DELETE FROM one_time_code WHERE account = $1 AND purpose = $2 AND hash = $3")
        .bind(account.as_bytes().to_vec())
        .bind(purpose.as_str())
        .bind(code.hash.clone())
        .execute(connection)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// Ends all codes of an account: whoever holds one may be whom a new password is to keep out.
pub(crate) async fn forget_all(connection: &mut AnyConnection, account: UserId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM one_time_code WHERE account = $1").bind(account.as_bytes().to_vec()).execute(connection).await?;
    Ok(())
}

/// Forgets codes that are too old.
pub(crate) async fn prune(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM one_time_code WHERE expires_at <= $1").bind(now).execute(connection).await?;
    Ok(())
}
