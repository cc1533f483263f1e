//! Bodies in and out: JSON both ways, errors included.

use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::JsonRejection},
    http::{HeaderValue, StatusCode, header::RETRY_AFTER, request::Parts},
    response::{IntoResponse, Response},
};
use hearth_protocol::error::{ApiError, ErrorCode};
use serde::{Serialize, de::DeserializeOwned};

/// An error as the answer to a request.
pub(crate) struct Refused(pub ApiError);

/// What every route answers.
pub(crate) type Reply<T> = Result<Json<T>, Refused>;

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let seconds = self.0.retry_after_ms.map(|ms| ms.div_ceil(1_000));
        let mut response = (status, Json(self.0)).into_response();
        if let Some(seconds) = seconds {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The answer of routes that have nothing to say: `{}`.
#[derive(Serialize)]
pub(crate) struct Done {}

/// A JSON body that parsed.
pub(crate) struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(Refused(refused_body(&rejection))),
        }
    }
}

fn refused_body(rejection: &JsonRejection) -> ApiError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(ErrorCode::TooLarge, "The request is larger than 1 MiB. Send less at a time.");
    }
    bad_request(&rejection.body_text())
}

/// A path parameter that parsed; one that does not is something that does not exist.
pub(crate) struct InPath<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for InPath<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(_) => Err(Refused(ApiError::not_found())),
        }
    }
}

/// A query string that parsed.
pub(crate) struct InQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for InQuery<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(Refused(bad_request(&rejection.body_text()))),
        }
    }
}

/// Says what did not parse, without giving back what may be long or secret.
fn bad_request(detail: &str) -> ApiError {
    let detail: String = detail.chars().filter(|c| !c.is_control()).take(200).collect();
    ApiError::new(ErrorCode::BadRequest, format!("The server does not understand this request ({detail}). Update Hearth and try again."))
}
