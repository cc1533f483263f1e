//! The second copies of replica keys.

use super::{
    reply::{Body, Done, InPath, Reply},
    session::SignedInAs,
};
use crate::{actions, app::App};
use axum::{Json, extract::State};
use hearth_protocol::{account::WrappedKey, ids::DeviceId};
use std::sync::Arc;

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
