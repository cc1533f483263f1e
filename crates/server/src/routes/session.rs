//! Who asks: the session of the bearer token, or `unauthorized`.

use super::reply::Refused;
use crate::{
    app::App,
    secret,
    store::session::{self, Session},
};
use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use hearth_protocol::error::{ApiError, ErrorCode};
use std::sync::Arc;

pub(super) fn unauthorized() -> ApiError {
    ApiError::new(ErrorCode::Unauthorized, "You are not signed in on this device any more. Sign in again.")
}

/// The session of the request; extracting it is the authentication.
pub(crate) struct SignedInAs(pub Session);

impl FromRequestParts<Arc<App>> for SignedInAs {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let token = header.and_then(|header| header.strip_prefix("Bearer ")).ok_or_else(|| Refused(unauthorized()))?;
        let mut snapshot = app.store().snapshot().await.map_err(ApiError::from)?;
        let session = session::by_token(&mut snapshot, &secret::hash(token)).await.map_err(ApiError::from)?;
        session.map(Self).ok_or_else(|| Refused(unauthorized()))
    }
}
