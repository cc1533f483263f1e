//! What is left of an account that its person has deleted: the id, on which rows of others stand.

use crate::{
    names, secret,
    store::{StoreError, columns},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearth_protocol::{
    Millis, Seq,
    ids::UserId,
    profile::Privacy,
    role::{Permissions, Role},
    rows::{AccountRow, Person},
};
use sqlx::{AnyConnection, Row as _};

/// What goes with the account; everything is asked for by whose it is.
const THEIRS: [&str; 21] = [
    "DELETE FROM external_account WHERE account = $1",
    "DELETE FROM one_time_code WHERE account = $1",
    "DELETE FROM totp WHERE account = $1",
    "DELETE FROM recovery_code WHERE account = $1",
    "DELETE FROM device_key WHERE account = $1",
    "DELETE FROM device WHERE account = $1",
    "DELETE FROM profile WHERE account = $1",
    "DELETE FROM media WHERE uploader = $1 AND conversation IS NULL AND group_id IS NULL",
    "DELETE FROM read_marker WHERE account = $1",
    "DELETE FROM arrangement WHERE account = $1",
    "DELETE FROM star WHERE account = $1",
    "DELETE FROM hidden WHERE account = $1",
    "DELETE FROM collected WHERE account = $1",
    "DELETE FROM collection WHERE account = $1",
    "DELETE FROM thread WHERE account = $1",
    "DELETE FROM scheduled_message WHERE account = $1",
    "DELETE FROM contact WHERE account = $1",
    "DELETE FROM block WHERE account = $1",
    "DELETE FROM invitation WHERE account = $1",
    "DELETE FROM notification WHERE account = $1",
    // Whoever still has a token of theirs is told what happened, for as long as ended sessions are kept.
    "UPDATE session SET device_name = '', platform = '', ended_by = NULL WHERE account = $1",
];

pub(super) fn row(user: UserId) -> AccountRow {
    let Person { user, username, first_name, last_name } = Person::deleted(user);
    AccountRow {
        user,
        username,
        first_name,
        last_name,
        role: Role::Guest,
        role_name: None,
        permissions: Permissions::NONE,
        role_waits: None,
        deactivated: None,
        created_at: 0,
        read_receipts: false,
        status: None,
        about: String::new(),
        picture: None,
        privacy: Privacy::default(),
        email: None,
        two_step_at: None,
    }
}

/// What a username leaves behind: nobody can read it, and nobody else can have the name.
pub(super) fn trace(key: &str) -> String {
    format!("#{}", URL_SAFE_NO_PAD.encode(secret::hash(key)))
}

pub(super) async fn write(connection: &mut AnyConnection, seq: Seq, user: UserId, at: Millis) -> Result<(), StoreError> {
    let id = user.as_bytes().to_vec();
    let key = sqlx::query("SELECT username_key FROM account WHERE id = $1").bind(id.clone()).fetch_one(&mut *connection).await?;
    let key: String = key.try_get(0)?;
    sqlx::query(
        "UPDATE account SET username = '', username_key = $2, username_look = $3, first_name = '', last_name = '', search_key = '', \
         password_hash = NULL, role = 'guest', role_waits = NULL, deactivated_at = NULL, deactivated_by_oneself = 0, read_receipts = 0, \
         email = NULL, email_key = NULL, email_verified_at = NULL, \
         password_changed_at = NULL, two_step_at = NULL, language = '', deleted_at = $4, seq = $5 WHERE id = $1",
    )
    .bind(id.clone())
    .bind(trace(&key))
    .bind(trace(&names::look(&key)))
    .bind(at)
    .bind(columns::to_big(seq))
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE session SET ended_at = $2 WHERE account = $1 AND ended_at IS NULL")
        .bind(id.clone())
        .bind(at)
        .execute(&mut *connection)
        .await?;
    forget_theirs(connection, user).await
}

/// Removes what goes with an account.
pub(in crate::store) async fn forget_theirs(connection: &mut AnyConnection, user: UserId) -> Result<(), StoreError> {
    for sql in THEIRS {
        sqlx::query(sql).bind(user.as_bytes().to_vec()).execute(&mut *connection).await?;
    }
    Ok(())
}
