//! Who somebody is by what they type, and what they show for it.

use super::{StoreError, account::account_row};
use crate::address::Login;
use hearth_protocol::{Millis, ids::UserId, rows::AccountRow};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

/// An account and its password's hash.
pub(crate) type Credentials = (AccountRow, String);

const SELECT: &str = "SELECT a.id, a.username, a.first_name, a.last_name, a.role, a.created_at, a.read_receipts, p.status, p.status_until, \
                      p.status_to, p.last_seen_to, a.email, a.email_verified_at, a.two_step_at, a.password_hash \
                      FROM account a LEFT JOIN profile p ON p.account = a.id WHERE";

/// Of a username, or of an address that was verified.
pub(crate) async fn credentials(connection: &mut AnyConnection, login: &Login) -> Result<Option<Credentials>, StoreError> {
    let (condition, key) = match login {
        Login::Username(key) => ("a.username_key = $1", key),
        Login::Address(key) => ("a.email_key = $1 AND a.email_verified_at IS NOT NULL", key),
    };
    let row = sqlx::query(AssertSqlSafe(format!("{SELECT} {condition}"))).bind(key.clone()).fetch_optional(connection).await?;
    row.map(|row| Ok((account_row(&row, 0)?, row.try_get(14)?))).transpose()
}

/// Of somebody who is signed in.
pub(crate) async fn credentials_of(connection: &mut AnyConnection, user: UserId) -> Result<Option<Credentials>, StoreError> {
    let query = sqlx::query(AssertSqlSafe(format!("{SELECT} a.id = $1"))).bind(user.as_bytes().to_vec());
    let row = query.fetch_optional(connection).await?;
    row.map(|row| Ok((account_row(&row, 0)?, row.try_get(14)?))).transpose()
}

/// Whether an address was verified by somebody else.
pub(crate) async fn is_address_taken(connection: &mut AnyConnection, address_key: &str, user: UserId) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT id FROM account WHERE email_key = $1 AND email_verified_at IS NOT NULL AND id <> $2")
        .bind(address_key.to_owned())
        .bind(user.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

pub(crate) async fn set_password(connection: &mut AnyConnection, user: UserId, hash: &str, now: Millis) -> Result<(), StoreError> {
    sqlx::query("UPDATE account SET password_hash = $2, password_changed_at = $3 WHERE id = $1")
        .bind(user.as_bytes().to_vec())
        .bind(hash.to_owned())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}
