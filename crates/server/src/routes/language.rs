//! The language of the app that asks, by the header that browsers have for it.

use axum::{
    extract::FromRequestParts,
    http::{header::ACCEPT_LANGUAGE, request::Parts},
};
use hearth_words::Spoken;
use std::convert::Infallible;

/// `None` for who says nothing, or only languages that there are no words of.
pub(super) struct Speaks(pub Option<Spoken>);

impl<S: Send + Sync> FromRequestParts<S> for Speaks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        Ok(Self(header.and_then(Spoken::accepted)))
    }
}
