//! Codes by mail, passwords and addresses.

use super::{
    reply::{Body, Done, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{
    Json,
    extract::{ConnectInfo, State},
};
use hearth_protocol::{
    account::SignedIn,
    code::{AskCode, ChangeEmail, ChangePassword, CodeAsked, ConfirmEmail, RemoveEmail, ResetPassword, SignInWithCode},
};
use std::{net::SocketAddr, sync::Arc};

type Address = ConnectInfo<SocketAddr>;

pub(super) async fn ask(State(app): State<Arc<App>>, ConnectInfo(address): Address, Body(request): Body<AskCode>) -> Reply<CodeAsked> {
    actions::ask_code(&app, request, address.ip())?;
    Ok(Json(CodeAsked { mail: app.mail }))
}

pub(super) async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    Body(request): Body<SignInWithCode>,
) -> Reply<SignedIn> {
    Ok(Json(actions::sign_in_with_code(&app, request, address.ip()).await?))
}

pub(super) async fn reset_password(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    Body(request): Body<ResetPassword>,
) -> Reply<Done> {
    actions::reset_password(&app, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn change_password(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ChangePassword>,
) -> Reply<Done> {
    actions::change_password(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn change_email(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ChangeEmail>,
) -> Reply<CodeAsked> {
    actions::change_email(&app, session, request, address.ip()).await?;
    Ok(Json(CodeAsked { mail: app.mail }))
}

pub(super) async fn resend_email_code(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
) -> Reply<CodeAsked> {
    actions::resend_email_code(&app, session, address.ip()).await?;
    Ok(Json(CodeAsked { mail: app.mail }))
}

pub(super) async fn confirm_email(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ConfirmEmail>,
) -> Reply<Done> {
    actions::confirm_email(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn remove_email(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<RemoveEmail>,
) -> Reply<Done> {
    actions::remove_email(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}
