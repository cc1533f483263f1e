//! A person's devices, and the second copies of their replicas' keys.

use super::{
    reply::{Body, Done, InPath, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{Json, extract::State};
use hearth_protocol::{account::WrappedKey, devices::DevicesSeen, ids::DeviceId};
use std::sync::Arc;

pub(super) async fn list(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs) -> Reply<DevicesSeen> {
    Ok(Json(actions::list_devices(&app, session).await?))
}

pub(super) async fn sign_out(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(device): InPath<DeviceId>,
) -> Reply<Done> {
    actions::sign_out_device(&app, session, device).await?;
    Ok(Json(Done {}))
}

pub(super) async fn sign_out_others(State(app): State<Arc<App>>, SignedInAs(session): SignedInAs) -> Reply<Done> {
    actions::sign_out_others(&app, session).await?;
    Ok(Json(Done {}))
}

pub(super) async fn keep_key(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(device): InPath<DeviceId>,
    Body(key): Body<WrappedKey>,
) -> Reply<Done> {
    actions::keep_key(&app, session, device, &key).await?;
    Ok(Json(Done {}))
}

pub(super) async fn fetch_key(
    State(app): State<Arc<App>>,
    SignedInAs(session): SignedInAs,
    InPath(device): InPath<DeviceId>,
) -> Reply<WrappedKey> {
    Ok(Json(actions::fetch_key(&app, session, device).await?))
}
