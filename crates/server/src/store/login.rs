//! Who somebody is by what they type, and what they show for it.

use super::{
    StoreError,
    account::{account_row, account_select},
};
use crate::address::Login;
use hearth_protocol::{Millis, ids::UserId, rows::AccountRow};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// An account and its password's hash; `None` for who has no password.
pub(crate) type Credentials = (AccountRow, Option<String>);

/// Of a username, or of an address that was verified.
pub(crate) async fn credentials(connection: &mut AnyConnection, login: &Login) -> Result<Option<Credentials>, StoreError> {
    let (sql, key) = match login {
        Login::Username(key) => (account_select!("a.password_hash", "a.username_key = $1"), key),
        Login::Address(key) => (account_select!("a.password_hash", "a.email_key = $1 AND a.email_verified_at IS NOT NULL"), key),
    };
    let row = sqlx::query(sql).bind(key.clone()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Of somebody who is signed in.
pub(crate) async fn credentials_of(connection: &mut AnyConnection, user: UserId) -> Result<Option<Credentials>, StoreError> {
    let query = sqlx::query(account_select!("a.password_hash", "a.id = $1")).bind(user.as_bytes().to_vec());
    let row = query.fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Credentials, StoreError> {
    Ok((account_row(row, 1)?, row.try_get(0)?))
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

/// When somebody chose the password that they have; `None` for one that came with the account.
pub(crate) async fn password_changed_at(connection: &mut AnyConnection, user: UserId) -> Result<Option<Millis>, StoreError> {
    let row = sqlx::query("SELECT password_changed_at FROM account WHERE id = $1")
        .bind(user.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get::<Option<Millis>, _>(0)).transpose()?.flatten())
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
