//! Who asks: the session of the bearer token, or `unauthorized`.

use super::reply::Refused;
use crate::{
    app::App,
    secret,
    store::session::{self, Ending, Session},
};
use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use hearth_protocol::error::{ApiError, ErrorCode};
use std::sync::Arc;

/// The answer to who is not signed in any more.
pub(crate) fn unauthorized(ending: Ending) -> ApiError {
    match ending {
        Ending::Own => ApiError::new(ErrorCode::Unauthorized, "You are not signed in on this device any more. Sign in again."),
        Ending::By(name) => {
            let message =
                format!("You were signed out on this device from \"{name}\". Sign in again; everything on this computer is still here.");
            ApiError::new(ErrorCode::Unauthorized, message).by_device(Some(name))
        }
        Ending::AccountDeleted => ApiError::account_deleted(),
        Ending::Deactivated { by_oneself } => ApiError::deactivated(by_oneself),
    }
}

/// The session of the request; extracting it is the authentication.
pub(crate) struct SignedInAs(pub Session);

impl FromRequestParts<Arc<App>> for SignedInAs {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let token = header.and_then(|header| header.strip_prefix("Bearer ")).ok_or_else(|| Refused(unauthorized(Ending::Own)))?;
        let hash = secret::hash(token);
        let mut snapshot = app.store().snapshot().await.map_err(ApiError::from)?;
        if let Some(session) = session::by_token(&mut snapshot, &hash).await.map_err(ApiError::from)? {
            return Ok(Self(session));
        }
        let ending = session::ending_of_token(&mut snapshot, &hash).await.map_err(ApiError::from)?;
        Err(Refused(unauthorized(ending)))
    }
}
