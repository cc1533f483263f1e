//! What the actions on collections share.

use super::{Context, Refusal};
use crate::{commit::View, names};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::CollectionId,
    limits,
    row::{Row, RowKey},
    rows::{CollectionRow, RowData, RowKind},
    stream::StreamId,
};

pub(super) fn key(collection: CollectionId) -> RowKey {
    RowKey { kind: CollectionRow::KIND.into(), id: collection.to_string() }
}

/// A collection of the actor's, also one that is deleted.
pub(super) async fn find(view: &mut View<'_>, context: &Context, collection: CollectionId) -> Result<Option<CollectionRow>, Refusal> {
    match view.row(StreamId::User(context.actor), key(collection)).await? {
        Some(Row { data: RowData::Collection(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// One that is there.
///
/// # Errors
/// The same `not_found` for one that is deleted, somebody else's, and none at all.
pub(super) async fn present(view: &mut View<'_>, context: &Context, collection: CollectionId) -> Result<CollectionRow, Refusal> {
    let found = find(view, context, collection).await?.filter(|row| row.ended_at.is_none());
    found.ok_or_else(|| ApiError::not_found().into())
}

/// What one may be called, as it will be shown.
pub(super) fn name(wanted: &str) -> Result<String, ApiError> {
    let name = names::visible(wanted);
    if name.is_empty() || name.chars().count() > limits::COLLECTION_NAME_CHARS_MAX {
        return Err(ApiError::new(ErrorCode::InvalidName, "A collection's name has 1 to 64 characters."));
    }
    Ok(name)
}
