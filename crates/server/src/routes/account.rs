//! Signing up, in and out, and tickets.

use super::{
    language::Speaks,
    reply::{Body, Done, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App, clock};
use axum::{
    Json,
    extract::{ConnectInfo, State},
};
use hearth_protocol::account::{DeactivateAccount, DeleteAccount, SignIn, SignUp, SignedIn, Ticket};
use std::{net::SocketAddr, sync::Arc};

pub(super) async fn sign_up(
    State(app): State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    Speaks(spoken): Speaks,
    Body(request): Body<SignUp>,
) -> Reply<SignedIn> {
    Ok(Json(actions::sign_up(&app, request, address.ip(), spoken).await?))
}

pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    Body(request): Body<SignIn>,
) -> Reply<SignedIn> {
    Ok(Json(actions::sign_in(&app, request, address.ip()).await?))
}

pub(super) async fn sign_out(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs) -> Reply<Done> {
    actions::sign_out(&app, session).await?;
    Ok(Json(Done {}))
}

pub(super) async fn delete(
    State(app): State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<DeleteAccount>,
) -> Reply<Done> {
    actions::delete_account(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn deactivate(
    State(app): State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    SignedInAs(session): SignedInAs,
    Body(request): Body<DeactivateAccount>,
) -> Reply<Done> {
    actions::deactivate_account(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn ticket(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs, Speaks(spoken): Speaks) -> Reply<Ticket> {
    app.rates().ticket(session.id)?;
    // Here alone: an app that is open asks for a ticket again and again, and whoever speaks another language is written to in that one.
    if let Some(spoken) = spoken {
        actions::keep_language(&app, session.user, spoken).await?;
    }
    Ok(Json(Ticket { ticket: app.tickets.issue(session, clock::now())? }))
}
