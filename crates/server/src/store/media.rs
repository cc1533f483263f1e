//! What people have uploaded; the bytes are in the media folder.

use super::{StoreError, columns};
use crate::media::ObjectKey;
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, MediaId, UserId},
};
use serde::Serialize;
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// Who or what looks like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Whose {
    Person(UserId),
    Group(GroupId),
    /// One of several people, or a channel.
    Conversation(ConversationId),
}

/// A picture, as it is written.
#[derive(Clone, Debug)]
pub(crate) struct NewPicture {
    pub id: MediaId,
    pub uploader: UserId,
    pub whose: Whose,
    pub key: ObjectKey,
    pub file_type: &'static str,
    pub size: usize,
    /// In pixels.
    pub side: u32,
    pub sha256: [u8; 32],
    pub uploaded_at: Millis,
}

/// It is nobody's until a profile, a group or a conversation names it.
pub(crate) async fn insert(connection: &mut AnyConnection, picture: &NewPicture) -> Result<(), StoreError> {
    let (group, conversation) = match picture.whose {
        Whose::Person(_) => (None, None),
        Whose::Group(group) => (Some(group.as_bytes().to_vec()), None),
        Whose::Conversation(conversation) => (None, Some(conversation.as_bytes().to_vec())),
    };
    sqlx::query(
        "INSERT INTO media (id, uploader, kind, object_key, file_type, size, width, height, sha256, uploaded_at, group_id, \
         conversation) VALUES ($1, $2, 'picture', $3, $4, $5, $6, $6, $7, $8, $9, $10)",
    )
    .bind(picture.id.as_bytes().to_vec())
    .bind(picture.uploader.as_bytes().to_vec())
    .bind(picture.key.as_str().to_owned())
    .bind(picture.file_type)
    .bind(columns::to_big(picture.size as u64))
    .bind(i64::from(picture.side))
    .bind(picture.sha256.to_vec())
    .bind(picture.uploaded_at)
    .bind(group)
    .bind(conversation)
    .execute(connection)
    .await?;
    Ok(())
}

/// Where an object lies, and whose picture it is: of the one who is shown by it now.
pub(crate) async fn picture(connection: &mut AnyConnection, id: MediaId) -> Result<Option<(Whose, ObjectKey)>, StoreError> {
    let row = sqlx::query(
        "SELECT m.object_key, p.account, g.id, c.id FROM media m LEFT JOIN profile p ON p.picture = m.id \
         LEFT JOIN group_info g ON g.picture = m.id LEFT JOIN conversation c ON c.picture = m.id WHERE m.id = $1",
    )
    .bind(id.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let whose = match (row.try_get::<Option<&[u8]>, _>(1)?, columns::group_or_none(&row, 2)?) {
        (Some(_), _) => Whose::Person(columns::user(&row, 1)?),
        (None, Some(group)) => Whose::Group(group),
        (None, None) if row.try_get::<Option<&[u8]>, _>(3)?.is_some() => Whose::Conversation(columns::conversation(&row, 3)?),
        (None, None) => return Ok(None),
    };
    Ok(Some((whose, key_at(&row, 0)?)))
}

/// Where the picture of somebody, of a group or of a conversation lies; `None` if they have none.
pub(crate) async fn picture_of(connection: &mut AnyConnection, whose: Whose) -> Result<Option<(MediaId, ObjectKey)>, StoreError> {
    let (sql, id) = match whose {
        Whose::Person(user) => ("SELECT m.id, m.object_key FROM profile p JOIN media m ON m.id = p.picture WHERE p.account = $1", user.0),
        Whose::Group(group) => ("SELECT m.id, m.object_key FROM group_info g JOIN media m ON m.id = g.picture WHERE g.id = $1", group.0),
        Whose::Conversation(conversation) => {
            ("SELECT m.id, m.object_key FROM conversation c JOIN media m ON m.id = c.picture WHERE c.id = $1", conversation.0)
        }
    };
    let row = sqlx::query(sql).bind(id.as_bytes().to_vec()).fetch_optional(connection).await?;
    row.map(|row| Ok((columns::uuid(&row, 0).map(MediaId)?, key_at(&row, 1)?))).transpose()
}

pub(crate) async fn delete(connection: &mut AnyConnection, id: MediaId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM media WHERE id = $1").bind(id.as_bytes().to_vec()).execute(connection).await?;
    Ok(())
}

/// Forgets pictures uploaded before then that no profile, no group and no conversation names; a channel of a group that was deleted is none
/// any more.
pub(crate) async fn prune(connection: &mut AnyConnection, before: Millis) -> Result<u64, StoreError> {
    let pruned = sqlx::query(
        "DELETE FROM media WHERE kind = 'picture' AND uploaded_at <= $1 AND NOT EXISTS (SELECT 1 FROM profile p WHERE p.picture = media.id) \
         AND NOT EXISTS (SELECT 1 FROM group_info g WHERE g.picture = media.id) \
         AND NOT EXISTS (SELECT 1 FROM conversation c LEFT JOIN group_info h ON h.id = c.group_id \
         WHERE c.picture = media.id AND h.deleted_at IS NULL)",
    )
    .bind(before)
    .execute(connection)
    .await?;
    Ok(pruned.rows_affected())
}

/// The names of the objects whose name begins so.
pub(crate) async fn keys_in(connection: &mut AnyConnection, shard: &str) -> Result<Vec<ObjectKey>, StoreError> {
    let rows = sqlx::query("SELECT object_key FROM media WHERE object_key >= $1 AND object_key < $2")
        .bind(shard.to_owned())
        // Above every name that begins so: names are of the letters up to "f".
        .bind(format!("{shard}g"))
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| key_at(row, 0)).collect()
}

fn key_at(row: &AnyRow, column: usize) -> Result<ObjectKey, StoreError> {
    ObjectKey::parse(row.try_get::<&str, _>(column)?).ok_or(StoreError::Unreadable("name of an object"))
}
