//! The server about itself.

use super::reply::{Refused, Reply};
use crate::{app::App, store::account};
use axum::{Json, extract::State};
use hearth_protocol::{
    account::{PRODUCT, ServerInfo},
    error::{ApiError, ErrorCode},
    version::SPOKEN,
};
use serde::Serialize;
use std::sync::Arc;

/// `GET /healthz`.
#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
}

/// Healthy means that the database answers and that commits are acknowledged.
pub(super) async fn health(State(app): State<Arc<App>>) -> Reply<Health> {
    if app.installation.committer.failure().is_some() {
        return Err(Refused(ApiError::new(
            ErrorCode::Unavailable,
            "The server's storage failed. Its log says more; it must be restarted.",
        )));
    }
    app.installation.newest().await.map_err(ApiError::from)?;
    Ok(Json(Health { status: "ok" }))
}

pub(super) async fn info(State(app): State<Arc<App>>) -> Reply<ServerInfo> {
    let needs_set_up = match &app.set_up_code {
        None => false,
        Some(_) => {
            let mut snapshot = app.store().snapshot().await.map_err(ApiError::from)?;
            !account::admin_exists(&mut snapshot).await.map_err(ApiError::from)?
        }
    };
    let settings = app.settings();
    Ok(Json(ServerInfo {
        product: PRODUCT.into(),
        version: env!("CARGO_PKG_VERSION").into(),
        proto: SPOKEN,
        name: settings.name.clone(),
        epoch: app.epoch(),
        needs_set_up,
        sign_up: settings.sign_up,
        mail_domains: settings.mail_domains.clone(),
        email: settings.email,
        mail: app.mail,
        password_chars_min: app.password_chars_min(),
        providers: app.providers.infos(),
    }))
}
