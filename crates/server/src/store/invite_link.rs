//! Links by which people join a group.

use super::{StoreError, columns};
use hearth_protocol::{
    Millis,
    ids::{GroupId, InviteLinkId},
    invite::InviteLink,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A link as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptLink {
    pub group: GroupId,
    pub link: InviteLink,
}

macro_rules! link_select {
    ($condition:literal) => {
        concat!("SELECT id, group_id, role, created_by, created_at, expires_at, uses_left FROM invite_link WHERE ", $condition)
    };
}

pub(crate) async fn insert(connection: &mut AnyConnection, kept: &KeptLink, hash: &[u8; 32]) -> Result<(), StoreError> {
    let KeptLink { group, link } = kept;
    sqlx::query(
        "INSERT INTO invite_link (id, hash, group_id, role, created_by, created_at, expires_at, uses_left) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(link.id.as_bytes().to_vec())
    .bind(hash.to_vec())
    .bind(group.as_bytes().to_vec())
    .bind(link.role.as_str())
    .bind(link.created_by.as_bytes().to_vec())
    .bind(link.created_at)
    .bind(link.expires_at)
    .bind(i64::from(link.uses_left))
    .execute(connection)
    .await?;
    Ok(())
}

/// The link of a secret, whatever it is worth by now.
pub(crate) async fn by_secret(connection: &mut AnyConnection, hash: &[u8; 32]) -> Result<Option<KeptLink>, StoreError> {
    let row = sqlx::query(link_select!("hash = $1")).bind(hash.to_vec()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn by_id(connection: &mut AnyConnection, id: InviteLinkId) -> Result<Option<KeptLink>, StoreError> {
    let row = sqlx::query(link_select!("id = $1")).bind(id.as_bytes().to_vec()).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// A group's links that have not expired and are not used up, the newest first.
pub(crate) async fn of_group(connection: &mut AnyConnection, group: GroupId, now: Millis) -> Result<Vec<KeptLink>, StoreError> {
    let rows = sqlx::query(link_select!("group_id = $1 AND expires_at > $2 AND uses_left > 0 ORDER BY created_at DESC, id DESC"))
        .bind(group.as_bytes().to_vec())
        .bind(now)
        .fetch_all(connection)
        .await?;
    rows.iter().map(read).collect()
}

/// Counts somebody who joins by it. `false`: it was used up, expired or revoked meanwhile, and nobody joins.
pub(crate) async fn take_use(connection: &mut AnyConnection, id: InviteLinkId, now: Millis) -> Result<bool, StoreError> {
    let taken = sqlx::query("UPDATE invite_link SET uses_left = uses_left - 1 WHERE id = $1 AND uses_left > 0 AND expires_at > $2")
        .bind(id.as_bytes().to_vec())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(taken.rows_affected() == 1)
}

pub(crate) async fn delete(connection: &mut AnyConnection, id: InviteLinkId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM invite_link WHERE id = $1").bind(id.as_bytes().to_vec()).execute(connection).await?;
    Ok(())
}

/// Forgets links that are worth nothing any more, and those into groups that are deleted.
pub(crate) async fn prune(connection: &mut AnyConnection, now: Millis) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM invite_link WHERE expires_at <= $1 OR uses_left <= 0 \
         OR group_id IN (SELECT id FROM group_info WHERE deleted_at IS NOT NULL)",
    )
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// After a restored backup: one that was revoked since may be among them.
pub(crate) async fn delete_all(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM invite_link").execute(connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<KeptLink, StoreError> {
    let link = InviteLink {
        id: InviteLinkId(columns::uuid(row, 0)?),
        role: columns::member_role(row, 2)?,
        created_by: columns::user(row, 3)?,
        created_at: row.try_get(4)?,
        expires_at: row.try_get(5)?,
        uses_left: u32::try_from(columns::number(row, 6)?).unwrap_or(u32::MAX),
    };
    Ok(KeptLink { group: columns::group(row, 1)?, link })
}
