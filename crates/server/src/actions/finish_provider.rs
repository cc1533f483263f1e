use super::{change_email::check_wanted, sign_in::first_step};
use crate::{
    address::{self, Login},
    app::App,
    clock,
    providers::{Arrival, Errand, Identity, Tokens},
    store::{
        account,
        external::{self, NewExternal, SealedTokens},
        login,
    },
};
use hearth_protocol::{
    Millis,
    account::{Device, EmailPolicy},
    admin::SignUpPolicy,
    error::{ApiError, ErrorCode},
    ids::ExternalAccountId,
    provider::{FinishProvider, Newcomer, ProviderOutcome},
};
use std::net::IpAddr;

/// Tokens are renewed so long before they end.
const RENEW_BEFORE_MS: Millis = 10 * 60 * 1_000;

/// Signs in whoever the provider says it is. That stands in for the password alone: who has turned two-step sign-in on wants their own second
/// step, as nobody here knows what the provider has asked for.
///
/// # Errors
/// `second_step`; `external_unknown` for somebody whom nobody here has linked, where they may not sign up by it.
pub(crate) async fn finish_provider(app: &App, request: FinishProvider, address: IpAddr) -> Result<ProviderOutcome, ApiError> {
    app.rates().provider(address)?;
    let (errand, identity) = app.providers.finish(request.answer).await?;
    if errand != Errand::SignIn {
        return Err(ApiError::new(ErrorCode::SignInOver, "This was begun for something else. Begin again."));
    }
    let mut snapshot = app.store().snapshot().await?;
    let known = external::find(&mut snapshot, &identity.issuer, &identity.subject).await?;
    let found = match known {
        Some((_, user)) => login::credentials_of(&mut snapshot, user).await?,
        None => None,
    };
    drop(snapshot);
    match (known, found) {
        (Some((id, _)), Some(found)) => {
            let tokens = seal(app, id, &identity.tokens)?;
            let mut transaction = app.store().write().await?;
            external::keep(&mut transaction, id, &tokens).await?;
            transaction.commit().await?;
            first_step(app, found, request.device).await.map(|signed| ProviderOutcome::SignedIn(Box::new(signed)))
        }
        _ => arrive(app, identity, request.device).await.map(ProviderOutcome::New),
    }
}

/// Somebody new: nothing is made before they have chosen a name, and nothing is given to them because of an address.
async fn arrive(app: &App, identity: Identity, device: Device) -> Result<Newcomer, ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    let founded = account::admin_exists(&mut snapshot).await?;
    let allowed = app.providers.of_issuer(&identity.issuer).is_some_and(|provider| provider.sign_up);
    if !allowed || (founded && app.settings().sign_up == SignUpPolicy::Closed) {
        let message = "Nobody here has linked this account, and this server takes nobody new by it. Sign in with your password, then link it in the settings.";
        return Err(ApiError::new(ErrorCode::ExternalUnknown, message));
    }
    let known_as = match &identity.email {
        Some(email) => login::credentials(&mut snapshot, &Login::Address(address::fold(email))).await?.map(|_| email.clone()),
        None => None,
    };
    drop(snapshot);
    let Identity { username, first_name, last_name, .. } = identity.clone();
    let ticket = app.providers.flows.arrive(Arrival { identity, device }, clock::now())?;
    Ok(Newcomer { ticket, username, first_name, last_name, known_as })
}

/// The address with which somebody signs up, if the provider vouches for one and the server wants any. It is proved here like any other.
pub(super) fn address_of(app: &App, identity: &Identity) -> Result<Option<String>, ApiError> {
    let offered = identity.email.as_deref().filter(|_| app.settings().email != EmailPolicy::Off);
    check_wanted(app.settings().email, offered.filter(|email| address::check(email).is_ok()))
}

/// An account at a provider as it is kept.
pub(super) fn kept(app: &App, identity: &Identity) -> Result<NewExternal, ApiError> {
    let id = ExternalAccountId::new();
    let Identity { issuer, subject, label, .. } = identity.clone();
    Ok(NewExternal { id, issuer, subject, label, tokens: seal(app, id, &identity.tokens)?, linked_at: clock::now() })
}

/// The tokens, each bound to where it belongs.
pub(super) fn seal(app: &App, id: ExternalAccountId, tokens: &Tokens) -> Result<SealedTokens, ApiError> {
    let seal = &app.installation.seal;
    let close = |what: &str, token: &str| seal.close(&purpose(id, what), token.as_bytes());
    let refresh = tokens.refresh.as_ref().map(|token| close("refresh", token)).transpose()?;
    // Nothing is due that cannot be renewed; what lives shortly is renewed halfway.
    let lives = tokens.expires_at.map(|at| at - clock::now());
    let refresh_at = tokens.expires_at.zip(lives).map(|(at, lives)| at - RENEW_BEFORE_MS.min(lives / 2));
    Ok(SealedTokens {
        refresh,
        access: close("access", &tokens.access)?,
        id: tokens.id.as_ref().map(|token| close("id", token)).transpose()?,
        sealed_by: seal.name().to_owned(),
        expires_at: tokens.expires_at,
        refresh_at,
        token_type: tokens.token_type.clone(),
        scope: tokens.scope.clone(),
        session_state: tokens.session_state.clone(),
    })
}

/// What binds a sealed token to its row and its column.
pub(super) fn purpose(id: ExternalAccountId, what: &str) -> String {
    format!("{what} token of {id}")
}
