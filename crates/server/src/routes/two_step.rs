//! Two-step sign-in: turned on and off, and its second step.

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
    two_step::{BeginTwoStep, ConfirmTwoStep, FinishSignIn, ProveTwoStep, RecoveryCodes, RecoveryCodesLeft, TwoStepBegun},
};
use std::{net::SocketAddr, sync::Arc};

type Address = ConnectInfo<SocketAddr>;

pub(super) async fn finish_sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    Body(request): Body<FinishSignIn>,
) -> Reply<SignedIn> {
    Ok(Json(actions::finish_sign_in(&app, request, address.ip()).await?))
}

pub(super) async fn begin(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<BeginTwoStep>,
) -> Reply<TwoStepBegun> {
    Ok(Json(actions::begin_two_step(&app, session, request, address.ip()).await?))
}

pub(super) async fn confirm(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ConfirmTwoStep>,
) -> Reply<RecoveryCodes> {
    Ok(Json(actions::confirm_two_step(&app, session, request, address.ip()).await?))
}

pub(super) async fn turn_off(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ProveTwoStep>,
) -> Reply<Done> {
    actions::turn_off_two_step(&app, session, request, address.ip()).await?;
    Ok(Json(Done {}))
}

pub(super) async fn renew_codes(
    State(app): State<Arc<App>>,
    ConnectInfo(address): Address,
    SignedInAs(session): SignedInAs,
    Body(request): Body<ProveTwoStep>,
) -> Reply<RecoveryCodes> {
    Ok(Json(actions::renew_recovery_codes(&app, session, request, address.ip()).await?))
}

pub(super) async fn count_codes(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs) -> Reply<RecoveryCodesLeft> {
    Ok(Json(actions::count_recovery_codes(&app, session).await?))
}
