//! The HTTP and WebSocket surface: parse, call one action, respond. No SQL, no decisions.

mod account;
mod admin;
mod codes;
mod devices;
mod language;
mod links;
mod people;
mod pictures;
mod providers;
mod reply;
mod server;
mod session;
mod socket;
mod sync;
mod two_step;

#[cfg(feature = "sim")]
pub(crate) use {session::unauthorized, socket::why_revoked};

use crate::app::App;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{get, post, put},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
};
use reply::Refused;
use std::{sync::Arc, time::Duration};
use tower_http::{
    compression::{CompressionLayer, CompressionLevel},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    trace::TraceLayer,
};

/// Of zstd and gzip alike, whichever is asked for: a tenth smaller than at the lowest, for a few milliseconds of a large pull.
const COMPRESSION_LEVEL: i32 = 3;
/// The slowest honest request is a password hash in a queue.
const REQUEST_MAX: Duration = Duration::from_secs(30);

pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(server::health))
        .route("/v1/server", get(server::info))
        .route("/v1/sign-up", post(account::sign_up))
        .route("/v1/sign-in", post(account::sign_in))
        .route("/v1/sign-out", post(account::sign_out))
        .route("/v1/account/delete", post(account::delete))
        .route("/v1/sign-in/code", post(codes::sign_in))
        .route("/v1/sign-in/second", post(two_step::finish_sign_in))
        .route("/v1/sign-in/provider", post(providers::begin))
        .route("/v1/sign-in/provider/finish", post(providers::finish))
        .route("/v1/sign-up/provider", post(providers::sign_up))
        .route("/v1/external", get(providers::list))
        .route("/v1/external/link", post(providers::begin_link))
        .route("/v1/external/prove", post(providers::begin_proof))
        .route("/v1/external/finish", post(providers::finish_external))
        .route("/v1/external/{id}/unlink", post(providers::unlink))
        .route("/v1/two-step/begin", post(two_step::begin))
        .route("/v1/two-step/confirm", post(two_step::confirm))
        .route("/v1/two-step/off", post(two_step::turn_off))
        .route("/v1/two-step/codes", post(two_step::renew_codes).get(two_step::count_codes))
        .route("/v1/codes", post(codes::ask))
        .route("/v1/password", post(codes::change_password))
        .route("/v1/password/reset", post(codes::reset_password))
        .route("/v1/email", post(codes::change_email))
        .route("/v1/email/remove", post(codes::remove_email))
        .route("/v1/email/code", post(codes::resend_email_code))
        .route("/v1/email/confirm", post(codes::confirm_email))
        .route("/v1/ticket", post(account::ticket))
        .route("/v1/people", get(people::search))
        .route("/v1/profiles", post(people::profiles))
        .route("/v1/account/deactivate", post(account::deactivate))
        .route("/v1/account/picture", put(pictures::set).delete(pictures::remove))
        .route("/v1/pictures/{id}", get(pictures::fetch))
        .route("/v1/devices", get(devices::list))
        .route("/v1/devices/sign-out-others", post(devices::sign_out_others))
        .route("/v1/devices/{id}/sign-out", post(devices::sign_out))
        .route("/v1/devices/{id}/key", put(devices::keep_key).get(devices::fetch_key))
        .route("/v1/groups/{id}/picture", put(pictures::set_of_group).delete(pictures::remove_of_group))
        .route("/v1/conversations/{id}/picture", put(pictures::set_of_conversation).delete(pictures::remove_of_conversation))
        .route("/v1/groups/{id}/links", post(links::create).get(links::list))
        .route("/v1/links/look", post(links::look))
        .route("/v1/links/join", post(links::join))
        .route("/v1/links/{id}/revoke", post(links::revoke))
        .route("/v1/admin/people", get(admin::list_people))
        .route("/v1/admin/people/{id}/role", post(admin::give_role))
        .route("/v1/admin/people/{id}/deactivate", post(admin::deactivate))
        .route("/v1/admin/people/{id}/reactivate", post(admin::reactivate))
        .route("/v1/admin/people/{id}/reset", post(admin::reset_password))
        .route("/v1/admin/people/{id}/sign-out", post(admin::sign_out))
        .route("/v1/admin/people/{id}/two-step-off", post(admin::turn_off_two_step))
        .route("/v1/admin/roles", get(admin::list_roles).post(admin::create_role))
        .route("/v1/admin/roles/{id}", put(admin::change_role).delete(admin::delete_role))
        .route("/v1/admin/settings", get(admin::read_settings).put(admin::change_settings))
        .route("/v1/admin/invites", get(admin::list_invites).post(admin::create_invite))
        .route("/v1/admin/invites/{id}/revoke", post(admin::revoke_invite))
        .route("/v1/admin/audit", get(admin::read_audit_log))
        .route("/v1/sync/heads", post(sync::heads))
        .route("/v1/sync/pull", post(sync::pull))
        .route("/v1/sync/digests", post(sync::digests))
        .route("/v1/conversations/{id}/messages", get(sync::history))
        .route("/v1/conversations/{id}/place", get(sync::place))
        .route("/v1/conversations/{id}/messages/{message}/versions", get(sync::versions))
        .route("/v1/search", post(sync::search))
        .route("/v1/mutations", post(sync::mutate))
        .route("/v1/mutations/cancel", post(sync::cancel))
        .route("/v1/socket", get(socket::open))
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_that_way)
        .layer(middleware::from_fn(in_time))
        .layer(DefaultBodyLimit::max(limits::REQUEST_BYTES_MAX))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(COMPRESSION_LEVEL)))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(app)
}

/// Method, path and request id; never the query, which holds what people search for, and never a header.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    // The client may have sent one of its own making: no more of it than a UUID's length.
    let id: String = id.chars().filter(char::is_ascii_graphic).take(36).collect();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let message = "The server took too long. Try again in a moment.";
            Refused(ApiError::new(ErrorCode::Unavailable, message).retry_after(2_000)).into_response()
        }
    }
}

async fn nothing_here() -> Refused {
    Refused(ApiError::not_found())
}

async fn not_that_way() -> Refused {
    Refused(ApiError::new(ErrorCode::BadRequest, "This address is not used with that method. Update Hearth."))
}
