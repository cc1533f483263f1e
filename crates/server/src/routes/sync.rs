//! Heads, pulls, history, and mutations without a socket.

use super::{
    reply::{Body, InPath, InQuery, Refused, Reply},
    session::SignedInAs,
};
use crate::{
    actions::{self, Command},
    app::App,
    commit::{self, Answer, Request},
    store::session::Session,
};
use axum::{Json, extract::State};
use hearth_protocol::{
    Pos,
    digest::{DigestsRequest, DigestsResponse},
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    limits,
    mutation::{Acked, CancelRequest, MutateRequest, MutateResponse, Mutation, Outcome},
    sync::{HeadsRequest, HeadsResponse, HistoryPage, PullRequest, PullResponse},
};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::oneshot;

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

pub(super) async fn mutate(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<MutateRequest>,
) -> Reply<MutateResponse> {
    let waiting = submit(&app, session, request.mutations).map_err(Refused)?;
    Ok(Json(MutateResponse { results: acked(waiting).await }))
}

pub(super) async fn cancel(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<CancelRequest>,
) -> Reply<MutateResponse> {
    let waiting = submit_cancels(&app, session, request.ids).map_err(Refused)?;
    Ok(Json(MutateResponse { results: acked(waiting).await }))
}

/// Mutations in the committer's queue, each with the door through which its answer comes.
pub(super) type Waiting = Vec<(MutationId, oneshot::Receiver<Answer>)>;

/// Puts mutations into the queue: all of them or none.
pub(super) fn submit(app: &App, session: Session, mutations: Vec<Mutation>) -> Result<Waiting, ApiError> {
    queue(app, session, mutations.into_iter().map(|Mutation { id, after, intent }| (id, after, Command::Intent(intent))).collect())
}

/// Puts the taking back of mutations into the queue, behind what this person has sent: all of it or nothing.
pub(super) fn submit_cancels(app: &App, session: Session, ids: Vec<MutationId>) -> Result<Waiting, ApiError> {
    queue(app, session, ids.into_iter().map(|id| (id, None, Command::Cancel)).collect())
}

fn queue(app: &App, session: Session, commands: Vec<(MutationId, Option<MutationId>, Command)>) -> Result<Waiting, ApiError> {
    if commands.len() > limits::MUTATIONS_PER_BATCH_MAX {
        return Err(ApiError::new(ErrorCode::TooLarge, "A batch has at most 100 mutations. Send less at a time."));
    }
    let ids: Vec<MutationId> = commands.iter().map(|(id, ..)| *id).collect();
    let request = |(id, after, command)| Request { id, actor: session.user, after, command, at: None };
    let receivers = app.installation.committer.submit(session.user, commands.into_iter().map(request).collect())?;
    Ok(ids.into_iter().zip(receivers).collect())
}

/// Waits until each is durable or refused.
pub(super) async fn acked(waiting: Waiting) -> Vec<Acked> {
    let mut acked = Vec::with_capacity(waiting.len());
    for (id, receiver) in waiting {
        let outcome = match receiver.await {
            Ok(Ok(parts)) => Outcome::Applied(parts),
            Ok(Err(error)) => Outcome::Refused(error),
            Err(_) => Outcome::Refused(commit::stopped()),
        };
        acked.push(Acked { id, outcome });
    }
    acked
}
