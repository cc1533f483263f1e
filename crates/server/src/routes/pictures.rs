//! What people, groups and conversations look like.

use super::{
    reply::{Done, InPath, InQuery, Refused, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App, pictures::FILE_TYPE, store::media::Whose};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::header,
    response::IntoResponse,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, GroupId, MediaId},
    profile::{PictureSize, PictureTaken},
};
use serde::Deserialize;
use std::sync::Arc;

/// A picture of this id is never another one; whoever may not keep what they see has seen it all the same.
const FOR_EVER: &str = "private, max-age=31536000, immutable";

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    size: PictureSize,
}

pub(super) async fn set(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    image: Result<Bytes, BytesRejection>,
) -> Reply<PictureTaken> {
    Ok(Json(actions::set_picture(&app, session, Whose::Person(session.user), image.map_err(too_large)?).await?))
}

pub(super) async fn remove(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs) -> Reply<Done> {
    actions::remove_picture(&app, session, Whose::Person(session.user)).await?;
    Ok(Json(Done {}))
}

pub(super) async fn set_of_group(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(group): InPath<GroupId>,
    image: Result<Bytes, BytesRejection>,
) -> Reply<PictureTaken> {
    Ok(Json(actions::set_picture(&app, session, Whose::Group(group), image.map_err(too_large)?).await?))
}

pub(super) async fn remove_of_group(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(group): InPath<GroupId>,
) -> Reply<Done> {
    actions::remove_picture(&app, session, Whose::Group(group)).await?;
    Ok(Json(Done {}))
}

pub(super) async fn set_of_conversation(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(conversation): InPath<ConversationId>,
    image: Result<Bytes, BytesRejection>,
) -> Reply<PictureTaken> {
    Ok(Json(actions::set_picture(&app, session, Whose::Conversation(conversation), image.map_err(too_large)?).await?))
}

pub(super) async fn remove_of_conversation(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(conversation): InPath<ConversationId>,
) -> Reply<Done> {
    actions::remove_picture(&app, session, Whose::Conversation(conversation)).await?;
    Ok(Json(Done {}))
}

pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(id): InPath<MediaId>,
    InQuery(wanted): InQuery<Wanted>,
) -> Result<impl IntoResponse, Refused> {
    let bytes = actions::fetch_picture(&app, session, id, wanted.size).await?;
    let headers = [(header::CONTENT_TYPE, FILE_TYPE), (header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, bytes))
}

fn too_large(_: BytesRejection) -> ApiError {
    ApiError::new(ErrorCode::TooLarge, "The picture is larger than 1 MiB. Make it smaller, or choose another one.")
}
