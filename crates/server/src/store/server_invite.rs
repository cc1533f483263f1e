//! Invitations to sign up.

use super::{StoreError, account::person_at, columns};
use hearth_protocol::{
    Millis,
    admin::ServerInvite,
    ids::{ServerInviteId, UserId},
    role::Role,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

macro_rules! invite_select {
    ($condition:literal) => {
        concat!(
            "SELECT i.id, i.role, i.created_at, i.expires_at, i.uses_left, i.created_by, a.username, a.first_name, a.last_name \
             FROM server_invite i LEFT JOIN account a ON a.id = i.created_by WHERE ",
            $condition
        )
    };
}

/// `by`: who made it; `None` for the owner at the server's computer.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    invite: &ServerInvite,
    by: Option<UserId>,
    hash: &[u8; 32],
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO server_invite (id, hash, role, created_by, created_at, expires_at, uses_left) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(invite.id.as_bytes().to_vec())
    .bind(hash.to_vec())
    .bind(invite.role.to_string())
    .bind(by.map(|by| by.as_bytes().to_vec()))
    .bind(invite.created_at)
    .bind(invite.expires_at)
    .bind(i64::from(invite.uses_left))
    .execute(connection)
    .await?;
    Ok(())
}

/// The invitation of a secret, if somebody may still sign up by it as far as time and number go.
pub(crate) async fn by_secret(connection: &mut AnyConnection, hash: &[u8; 32], now: Millis) -> Result<Option<ServerInvite>, StoreError> {
    let row = sqlx::query(invite_select!("i.hash = $1 AND i.expires_at > $2 AND i.uses_left > 0"))
        .bind(hash.to_vec())
        .bind(now)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Those that are good as far as time and number go, the newest first.
pub(crate) async fn good(connection: &mut AnyConnection, now: Millis) -> Result<Vec<ServerInvite>, StoreError> {
    let rows = sqlx::query(invite_select!("i.expires_at > $1 AND i.uses_left > 0 ORDER BY i.created_at DESC, i.id DESC"))
        .bind(now)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// Counts somebody who signs up by it. `false`: it was used up, expired or revoked meanwhile.
pub(crate) async fn take_use(connection: &mut AnyConnection, id: ServerInviteId, now: Millis) -> Result<bool, StoreError> {
    let taken = sqlx::query("UPDATE server_invite SET uses_left = uses_left - 1 WHERE id = $1 AND uses_left > 0 AND expires_at > $2")
        .bind(id.as_bytes().to_vec())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// `false`: there was none.
pub(crate) async fn delete(connection: &mut AnyConnection, id: ServerInviteId) -> Result<bool, StoreError> {
    let gone = sqlx::query("DELETE FROM server_invite WHERE id = $1").bind(id.as_bytes().to_vec()).execute(connection).await?;
    Ok(gone.rows_affected() == 1)
}

/// With the role that they would give.
pub(crate) async fn delete_of_role(connection: &mut AnyConnection, role: Role) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM server_invite WHERE role = $1").bind(role.to_string()).execute(connection).await?;
    Ok(())
}

/// Forgets those that are worth nothing any more.
pub(crate) async fn prune(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM server_invite WHERE expires_at <= $1 OR uses_left <= 0").bind(now).execute(connection).await?;
    Ok(())
}

/// After a restored backup: one that was revoked since may be among them.
pub(crate) async fn delete_all(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM server_invite").execute(connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<ServerInvite, StoreError> {
    let created_by = match row.try_get::<Option<&[u8]>, _>(5)? {
        Some(_) => Some(person_at(row, 5)?),
        None => None,
    };
    Ok(ServerInvite {
        id: ServerInviteId(columns::uuid(row, 0)?),
        role: columns::role(row, 1)?,
        created_by,
        created_at: row.try_get(2)?,
        expires_at: row.try_get(3)?,
        uses_left: u32::try_from(columns::number(row, 4)?).unwrap_or(u32::MAX),
    })
}
