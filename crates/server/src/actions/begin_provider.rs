use super::set_password::confirm_password;
use crate::{app::App, providers::Errand, store::session::Session};
use hearth_protocol::{
    error::ApiError,
    provider::{BeginProvider, LinkProvider, ProviderBegun},
};
use std::net::IpAddr;

/// Tells the app where to send the browser, for somebody who wants to sign in or up.
pub(crate) async fn begin_provider(app: &App, request: BeginProvider, address: IpAddr) -> Result<ProviderBegun, ApiError> {
    app.rates().provider(address)?;
    app.providers.begin(request, Errand::SignIn).await
}

/// The same for somebody who wants to link an account there with theirs: that is a way in for good, so an open window is not enough.
pub(crate) async fn begin_link(app: &App, session: Session, request: LinkProvider, address: IpAddr) -> Result<ProviderBegun, ApiError> {
    confirm_password(app, session, request.password, address).await?;
    app.providers.begin(request.begin, Errand::Link(session)).await
}

/// The same for somebody without a password, before something that takes one.
pub(crate) async fn begin_proof(app: &App, session: Session, request: BeginProvider, address: IpAddr) -> Result<ProviderBegun, ApiError> {
    app.rates().provider(address)?;
    app.providers.begin(request, Errand::Prove(session)).await
}
