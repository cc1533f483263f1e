//! Roles that admins have made, and what somebody's role allows.

use super::{StoreError, columns};
use crate::names;
use hearth_protocol::{
    Millis,
    ids::{RoleId, UserId},
    role::{Permissions, Role},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A role as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptRole {
    pub id: RoleId,
    pub name: String,
    pub permissions: Permissions,
}

/// How somebody stands to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub role: Role,
    pub permissions: Permissions,
    /// Nobody is signed in to their account, and nobody can.
    pub deactivated: bool,
}

impl Standing {
    /// What they may do as long as their account does not wait.
    pub fn in_use(self) -> Permissions {
        if self.deactivated { Permissions::NONE } else { self.permissions }
    }
}

/// By name.
pub(crate) async fn all(connection: &mut AnyConnection) -> Result<Vec<KeptRole>, StoreError> {
    let rows = sqlx::query("SELECT id, name, permissions FROM role ORDER BY name_key").fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn find(connection: &mut AnyConnection, id: RoleId) -> Result<Option<KeptRole>, StoreError> {
    let row = sqlx::query("SELECT id, name, permissions FROM role WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The name and the permissions of a role, whichever kind it is; `None` for one that is gone.
pub(crate) async fn described(connection: &mut AnyConnection, role: Role) -> Result<Option<(String, Permissions)>, StoreError> {
    match (role, role.built_in()) {
        (_, Some(permissions)) => Ok(Some((String::new(), permissions))),
        (Role::Made(id), _) => Ok(find(connection, id).await?.map(|kept| (kept.name, kept.permissions))),
        _ => Ok(None),
    }
}

/// Writes a new role, or over one. `false`: another one has this name.
pub(crate) async fn put(connection: &mut AnyConnection, role: &KeptRole, now: Millis) -> Result<bool, StoreError> {
    let (id, name_key) = (role.id.to_string(), names::fold(&role.name));
    let other = sqlx::query("SELECT id FROM role WHERE name_key = $1 AND id <> $2")
        .bind(name_key.clone())
        .bind(id.clone())
        .fetch_optional(&mut *connection)
        .await?;
    if other.is_some() {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO role (id, name, name_key, permissions, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, permissions = excluded.permissions",
    )
    .bind(id)
    .bind(role.name.clone())
    .bind(name_key)
    .bind(role.permissions.to_string())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(true)
}

pub(crate) async fn delete(connection: &mut AnyConnection, id: RoleId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM role WHERE id = $1").bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Who has a role, or waits for it.
pub(crate) async fn holders(connection: &mut AnyConnection, role: Role) -> Result<Vec<UserId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM account WHERE (role = $1 OR role_waits = $1) AND deleted_at IS NULL ORDER BY id")
        .bind(role.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| columns::user(row, 0)).collect()
}

/// How many have each role.
pub(crate) async fn counts(connection: &mut AnyConnection) -> Result<Vec<(Role, u64)>, StoreError> {
    let rows = sqlx::query("SELECT role, COUNT(*) FROM account WHERE deleted_at IS NULL GROUP BY role").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::role(row, 0)?, columns::number(row, 1)?))).collect()
}

/// `None` for who has no account.
pub(crate) async fn standing(connection: &mut AnyConnection, user: UserId) -> Result<Option<Standing>, StoreError> {
    let row = sqlx::query(
        "SELECT a.role, a.deactivated_at, r.permissions FROM account a LEFT JOIN role r ON r.id = a.role WHERE a.id = $1 AND a.deleted_at IS NULL",
    )
    .bind(user.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let role = columns::role(&row, 0)?;
        Ok(Standing { role, permissions: permissions_at(&row, role, 2)?, deactivated: row.try_get::<Option<Millis>, _>(1)?.is_some() })
    })
    .transpose()
}

/// Reads what a role allows where `role.permissions` stands beside it, empty for the built-in ones. A role that is gone allows nothing.
pub(super) fn permissions_at(row: &AnyRow, role: Role, column: usize) -> Result<Permissions, StoreError> {
    Ok(match role.built_in() {
        Some(permissions) => permissions,
        None => Permissions::parse(&row.try_get::<Option<String>, _>(column)?.unwrap_or_default()),
    })
}

fn read(row: &AnyRow) -> Result<KeptRole, StoreError> {
    let id = row.try_get::<&str, _>(0)?.parse().map_err(|_| StoreError::Unreadable("role"))?;
    Ok(KeptRole { id, name: row.try_get(1)?, permissions: Permissions::parse(row.try_get(2)?) })
}
