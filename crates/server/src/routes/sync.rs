//! Heads, pulls, history, and mutations without a socket.

use super::{
    reply::{Body, InPath, InQuery, Refused, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{Json, extract::State};
use hearth_protocol::{
    Millis, Pos,
    digest::{DigestsRequest, DigestsResponse},
    ids::{ConversationId, MessageId},
    limits,
    mutation::{CancelRequest, MutateRequest, MutateResponse},
    search::{SearchRequest, SearchResponse},
    sync::{HeadsRequest, HeadsResponse, HistoryPage, PlaceAt, PullRequest, PullResponse},
    versions::MessageVersions,
};
use serde::Deserialize;
use std::sync::Arc;

pub(super) async fn heads(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<HeadsRequest>,
) -> Reply<HeadsResponse> {
    Ok(Json(actions::list_heads(&app, session, &request).await?))
}

pub(super) async fn pull(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<PullRequest>,
) -> Reply<PullResponse> {
    Ok(Json(actions::pull(&app, session, &request).await?))
}

pub(super) async fn digests(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<DigestsRequest>,
) -> Reply<DigestsResponse> {
    Ok(Json(actions::list_digests(&app, session, &request).await?))
}

#[derive(Deserialize)]
pub(super) struct Before {
    before_pos: Option<Pos>,
    limit: Option<u32>,
}

pub(super) async fn history(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(conversation): InPath<ConversationId>,
    InQuery(before): InQuery<Before>,
) -> Reply<HistoryPage> {
    let limit = before.limit.unwrap_or(limits::TIMELINE_PAGE);
    Ok(Json(actions::read_history(&app, session, conversation, before.before_pos, limit).await?))
}

#[derive(Deserialize)]
pub(super) struct Moment {
    at: Millis,
    #[serde(default)]
    asides: bool,
}

pub(super) async fn place(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(conversation): InPath<ConversationId>,
    InQuery(moment): InQuery<Moment>,
) -> Reply<PlaceAt> {
    Ok(Json(actions::find_place(&app, session, conversation, moment.at, moment.asides).await?))
}

pub(super) async fn search(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<SearchRequest>,
) -> Reply<SearchResponse> {
    Ok(Json(actions::search_messages(&app, session, &request).await?))
}

pub(super) async fn versions(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath((conversation, message)): InPath<(ConversationId, MessageId)>,
) -> Reply<MessageVersions> {
    Ok(Json(actions::list_versions(&app, session, conversation, message).await?))
}

pub(super) async fn mutate(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<MutateRequest>,
) -> Reply<MutateResponse> {
    let waiting = actions::take_mutations(&app, session.user, request.mutations).map_err(Refused)?;
    Ok(Json(MutateResponse { results: waiting.acked().await }))
}

pub(super) async fn cancel(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<CancelRequest>,
) -> Reply<MutateResponse> {
    let waiting = actions::take_cancels(&app, session.user, request.ids).map_err(Refused)?;
    Ok(Json(MutateResponse { results: waiting.acked().await }))
}
