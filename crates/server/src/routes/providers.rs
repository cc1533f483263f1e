//! Signing in by OpenID Connect providers, and the accounts there that somebody has linked.

use super::{
    language::Speaks,
    reply::{Body, Done, InPath, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{
    Json,
    extract::{ConnectInfo, State},
};
use hearth_protocol::{
    account::SignedIn,
    ids::ExternalAccountId,
    provider::{
        BeginProvider, ExternalAccounts, FinishProvider, LinkProvider, ProviderAnswer, ProviderBegun, ProviderOutcome, SignUpByProvider,
    },
};
use std::{net::SocketAddr, sync::Arc};

type Address = ConnectInfo<SocketAddr>;

pub(super) async fn begin(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    Body(request): Body<BeginProvider>,
) -> Reply<ProviderBegun> {
    Ok(Json(actions::begin_provider(&app, request, address.ip()).await?))
}

pub(super) async fn finish(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    Body(request): Body<FinishProvider>,
) -> Reply<ProviderOutcome> {
    Ok(Json(actions::finish_provider(&app, request, address.ip()).await?))
}

pub(super) async fn sign_up(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    Speaks(spoken): Speaks,
    Body(request): Body<SignUpByProvider>,
) -> Reply<SignedIn> {
    Ok(Json(actions::sign_up_by_provider(&app, request, address.ip(), spoken).await?))
}

pub(super) async fn begin_link(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<LinkProvider>,
) -> Reply<ProviderBegun> {
    Ok(Json(actions::begin_link(&app, session, request, address.ip()).await?))
}

pub(super) async fn begin_proof(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<BeginProvider>,
) -> Reply<ProviderBegun> {
    Ok(Json(actions::begin_proof(&app, session, request, address.ip()).await?))
}

pub(super) async fn finish_external(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ProviderAnswer>,
) -> Reply<Done> {
    actions::finish_external(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn list(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs) -> Reply<ExternalAccounts> {
    Ok(Json(actions::list_external(&app, session).await?))
}

pub(super) async fn unlink(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(id): InPath<ExternalAccountId>,
) -> Reply<Done> {
    actions::unlink_external(&app, session, id).await?;
    Ok(Json(Done {}))
}
