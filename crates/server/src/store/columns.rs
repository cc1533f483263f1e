//! Between Rust's types and the few that both databases share: 16 bytes for an id, BIGINT for every number.

use super::StoreError;
use hearth_protocol::{
    ids::{ConversationId, GroupId, MediaId, MessageId, MutationId, UserId},
    role::Role,
    rows::MemberRole,
};
use sqlx::{Row as _, any::AnyRow};
use uuid::Uuid;

/// Sequence numbers and places stay far below 2^63.
pub(crate) fn to_big(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn number(row: &AnyRow, column: usize) -> Result<u64, StoreError> {
    u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Unreadable("number"))
}

pub(crate) fn number_or_none(row: &AnyRow, column: usize) -> Result<Option<u64>, StoreError> {
    match row.try_get::<Option<i64>, _>(column)? {
        Some(value) => u64::try_from(value).map(Some).map_err(|_| StoreError::Unreadable("number")),
        None => Ok(None),
    }
}

pub(crate) fn uuid(row: &AnyRow, column: usize) -> Result<Uuid, StoreError> {
    Uuid::from_slice(row.try_get::<&[u8], _>(column)?).map_err(|_| StoreError::Unreadable("id"))
}

/// The bytes of an id that is part of a row's key.
pub(crate) fn id_of(text: &str) -> Result<Vec<u8>, StoreError> {
    Uuid::parse_str(text).map(|id| id.as_bytes().to_vec()).map_err(|_| StoreError::Unreadable("row key"))
}

pub(crate) fn user(row: &AnyRow, column: usize) -> Result<UserId, StoreError> {
    uuid(row, column).map(UserId)
}

pub(crate) fn conversation(row: &AnyRow, column: usize) -> Result<ConversationId, StoreError> {
    uuid(row, column).map(ConversationId)
}

pub(crate) fn group(row: &AnyRow, column: usize) -> Result<GroupId, StoreError> {
    uuid(row, column).map(GroupId)
}

pub(crate) fn group_or_none(row: &AnyRow, column: usize) -> Result<Option<GroupId>, StoreError> {
    match row.try_get::<Option<&[u8]>, _>(column)? {
        Some(_) => group(row, column).map(Some),
        None => Ok(None),
    }
}

pub(crate) fn media_or_none(row: &AnyRow, column: usize) -> Result<Option<MediaId>, StoreError> {
    match row.try_get::<Option<&[u8]>, _>(column)? {
        Some(_) => uuid(row, column).map(|id| Some(MediaId(id))),
        None => Ok(None),
    }
}

pub(crate) fn message_or_none(row: &AnyRow, column: usize) -> Result<Option<MessageId>, StoreError> {
    match row.try_get::<Option<&[u8]>, _>(column)? {
        Some(_) => uuid(row, column).map(|id| Some(MutationId(id))),
        None => Ok(None),
    }
}

pub(crate) fn role(row: &AnyRow, column: usize) -> Result<Role, StoreError> {
    row.try_get::<&str, _>(column)?.parse().map_err(|_| StoreError::Unreadable("role"))
}

pub(crate) fn role_or_none(row: &AnyRow, column: usize) -> Result<Option<Role>, StoreError> {
    match row.try_get::<Option<&str>, _>(column)? {
        Some(_) => role(row, column).map(Some),
        None => Ok(None),
    }
}

pub(crate) fn member_role(row: &AnyRow, column: usize) -> Result<MemberRole, StoreError> {
    MemberRole::parse(row.try_get::<&str, _>(column)?).ok_or(StoreError::Unreadable("role"))
}
