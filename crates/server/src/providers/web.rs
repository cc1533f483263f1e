//! How the server speaks to providers: over TLS that the system vouches for, following nobody elsewhere.

use crate::server::StartError;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::{Client, redirect::Policy};
use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

/// Documents, keys and tokens are some kilobytes.
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// A person waits for it.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);

#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Web(#[from] reqwest::Error),
    #[error(transparent)]
    Http(#[from] http::Error),
    #[error("the answer is too long")]
    TooLong,
    #[error("its addresses are not encrypted")]
    InTheClear,
}

pub(super) struct Web(Client);

impl Web {
    pub fn new() -> Result<Self, StartError> {
        let failed = |error: String| StartError::Other(format!("Providers cannot be reached from here ({error})."));
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_platform_verifier())
            .map_err(|error| failed(error.to_string()))?
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .timeout(ANSWER_TIME_MAX)
            .user_agent(concat!("hearth/", env!("CARGO_PKG_VERSION")));
        Ok(Self(client.build().map_err(|error| failed(error.to_string()))?))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            if body.len() + piece.len() > ANSWER_BYTES_MAX {
                return Err(Failure::TooLong);
            }
            body.extend_from_slice(&piece);
        }
        Ok(response.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Web {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
