//! OpenID Connect: what the server asks of the providers that its owner has set up.
//!
//! The server is the client of the provider and keeps its tokens; the app only carries the browser's answer (decision 22).

mod flow;
mod web;

pub(crate) use flow::{Arrival, Errand, Flow, Flows};

use crate::{
    clock,
    config::{ProviderConfig, is_safe},
    names, secret,
    server::StartError,
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    limits,
    provider::{BeginProvider, ProviderAnswer, ProviderBegun, ProviderInfo},
};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, StandardClaims, TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreGenderClaim, CoreIdTokenClaims, CoreProviderMetadata,
        CoreTokenResponse, CoreUserInfoClaims,
    },
};
use std::fmt::Display;
use tokio::sync::Mutex;
use web::Web;
use zeroize::Zeroizing;

/// A provider's document and keys are read again after so long, and whenever a token does not fit them.
const KNOWN_MS: Millis = 10 * 60 * 1_000;
/// Has the provider give tokens that can be renewed.
const OFFLINE: &str = "offline_access";
/// No honest token or claim is longer.
const WORD_BYTES_MAX: usize = 64 * 1024;

type Relying = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The providers of one server, and who is on the way to them.
pub(crate) struct Providers {
    list: Vec<Provider>,
    /// `None` where there are no providers: nobody is asked.
    web: Option<Web>,
    pub flows: Flows,
}

struct Provider {
    config: ProviderConfig,
    known: Mutex<Option<(CoreProviderMetadata, Millis)>>,
}

/// Who somebody is at a provider, checked.
#[derive(Clone)]
pub(crate) struct Identity {
    pub issuer: String,
    pub subject: String,
    /// What they are called there, for showing: an address or a name.
    pub label: String,
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    /// If the provider vouches for it.
    pub email: Option<String>,
    pub tokens: Tokens,
}

/// What a provider gave for somebody.
#[derive(Clone)]
pub(crate) struct Tokens {
    pub refresh: Option<Zeroizing<String>>,
    pub access: Zeroizing<String>,
    /// A renewal may bring none.
    pub id: Option<Zeroizing<String>>,
    pub expires_at: Option<Millis>,
    pub token_type: String,
    pub scope: Option<String>,
    pub session_state: Option<String>,
}

/// What became of an attempt to renew tokens.
pub(crate) enum Renewal {
    Done(Box<Tokens>),
    /// The provider has ended it.
    Refused,
    /// Another time, perhaps.
    Later,
}

impl Providers {
    pub fn new(configs: &[ProviderConfig]) -> Result<Self, StartError> {
        let list = configs.iter().map(|config| Provider { config: config.clone(), known: Mutex::default() }).collect();
        let web = if configs.is_empty() { None } else { Some(Web::new()?) };
        Ok(Self { list, web, flows: Flows::default() })
    }

    /// For everybody to read.
    pub fn infos(&self) -> Vec<ProviderInfo> {
        self.list.iter().map(|provider| ProviderInfo { id: provider.config.id.clone(), name: provider.config.name.clone() }).collect()
    }

    /// The provider of an issuer, if it is still one of the server's.
    pub fn of_issuer(&self, issuer: &str) -> Option<&ProviderConfig> {
        self.list.iter().map(|provider| &provider.config).find(|config| config.issuer == issuer)
    }

    /// Where the browser has to go.
    pub async fn begin(&self, request: BeginProvider, errand: Errand) -> Result<ProviderBegun, ApiError> {
        let provider = self.find(&request.provider)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = secret::token()?;
        let flow = Flow::new(request, errand, nonce.clone(), verifier.secret().clone())?;
        let relying = self.relying(provider, false).await?.set_redirect_uri(redirect(&flow.redirect)?);
        let state = self.flows.begin(flow, clock::now())?;
        let own = state.clone();
        let mut url = relying
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || CsrfToken::new(own), move || Nonce::new(nonce))
            .add_scopes(provider.config.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        if provider.config.scopes.iter().any(|scope| scope == OFFLINE) {
            // Only then is it given (OpenID Connect Core, 11).
            url = url.add_prompt(CoreAuthPrompt::Consent);
        }
        Ok(ProviderBegun { url: url.url().0.into(), state })
    }

    /// Who has come back. Everything that the answer says is checked with the provider itself.
    ///
    /// # Errors
    /// `sign_in_over` for a state that is unknown, too old, used or another app's; `provider_refused`; `provider_unreachable`.
    pub async fn finish(&self, answer: ProviderAnswer) -> Result<(Errand, Identity), ApiError> {
        let flow = self.flows.take(&answer, clock::now())?;
        let provider = self.find(&flow.provider)?;
        if answer.iss.as_ref().is_some_and(|iss| *iss != provider.config.issuer) {
            return Err(refused("another provider answered"));
        }
        let relying = self.relying(provider, false).await?.set_redirect_uri(redirect(&flow.redirect)?);
        let asked = relying.exchange_code(AuthorizationCode::new(answer.code)).map_err(unreachable)?;
        let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(flow.pkce)).request_async(self.web()?).await;
        let given = asked.map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => refused(said),
            other => unreachable(other),
        })?;
        let nonce = Nonce::new(flow.nonce);
        let claims = match check(&relying, &given, &nonce) {
            Ok(claims) => claims,
            // Its keys may have changed since they were read.
            Err(_) => check(&self.relying(provider, true).await?, &given, &nonce)?,
        };
        let mut identity = identity(&claims, &given, answer.session_state);
        if claims.email().is_none() || claims.name().is_none() {
            self.ask_who(&relying, &claims, &given, &mut identity).await;
        }
        Ok((flow.errand, identity))
    }

    /// New tokens for what is about to end.
    pub async fn renew(&self, issuer: &str, refresh: &str) -> Renewal {
        let Some(provider) = self.list.iter().find(|provider| provider.config.issuer == issuer) else { return Renewal::Later };
        let (Ok(web), Ok(relying)) = (self.web(), self.relying(provider, false).await) else { return Renewal::Later };
        let token = RefreshToken::new(refresh.to_owned());
        let Ok(asked) = relying.exchange_refresh_token(&token) else { return Renewal::Later };
        match asked.request_async(web).await {
            Ok(given) => Renewal::Done(Box::new(tokens(&given, None))),
            Err(RequestTokenError::ServerResponse(said)) => {
                tracing::info!(issuer, %said, "a provider renews an account no more");
                Renewal::Refused
            }
            Err(error) => {
                tracing::warn!(issuer, %error, "tokens were not renewed; it is tried again");
                Renewal::Later
            }
        }
    }

    fn web(&self) -> Result<&Web, ApiError> {
        self.web.as_ref().ok_or_else(ApiError::not_found)
    }

    fn find(&self, id: &str) -> Result<&Provider, ApiError> {
        self.list.iter().find(|provider| provider.config.id == id).ok_or_else(ApiError::not_found)
    }

    /// The server as the provider knows it.
    async fn relying(&self, provider: &Provider, anew: bool) -> Result<Relying, ApiError> {
        let config = &provider.config;
        let mut known = provider.known.lock().await;
        let now = clock::now();
        let metadata = match &*known {
            Some((metadata, at)) if !anew && now < at + KNOWN_MS => metadata.clone(),
            _ => {
                let issuer = IssuerUrl::new(config.issuer.clone()).map_err(unreachable)?;
                let found = CoreProviderMetadata::discover_async(issuer, self.web()?).await.map_err(unreachable)?;
                let token = found.token_endpoint().map(|url| url.as_str());
                let info = found.userinfo_endpoint().map(|url| url.as_str());
                if ![Some(found.authorization_endpoint().as_str()), token, info].into_iter().flatten().all(is_safe) {
                    return Err(unreachable(web::Failure::InTheClear));
                }
                *known = Some((found.clone(), now));
                found
            }
        };
        let basic = metadata
            .token_endpoint_auth_methods_supported()
            .is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let secret = config.client_secret.clone().map(ClientSecret::new);
        let relying = CoreClient::from_provider_metadata(metadata, ClientId::new(config.client_id.clone()), secret);
        Ok(relying.set_auth_type(if basic { AuthType::BasicAuth } else { AuthType::RequestBody }))
    }

    /// Many providers say names and addresses there alone. Without them somebody types a little more.
    async fn ask_who(&self, relying: &Relying, claims: &CoreIdTokenClaims, given: &CoreTokenResponse, identity: &mut Identity) {
        let token = AccessToken::new(given.access_token().secret().clone());
        let (Ok(web), Ok(asked)) = (self.web(), relying.user_info(token, Some(claims.subject().clone()))) else { return };
        match asked.request_async::<_, Web, CoreGenderClaim>(web).await {
            Ok(info) => {
                let info: CoreUserInfoClaims = info;
                describe(identity, info.standard_claims());
            }
            Err(error) => tracing::info!(%error, "a provider says nothing of somebody's names"),
        }
    }
}

/// The claims of the ID token: signed by the provider, for us, now, and for this very sign-in.
fn check(relying: &Relying, given: &CoreTokenResponse, nonce: &Nonce) -> Result<CoreIdTokenClaims, ApiError> {
    let token = given.id_token().ok_or_else(|| refused("it gave no ID token"))?;
    let verifier = relying.id_token_verifier();
    let claims = token.claims(&verifier, nonce).map_err(refused)?;
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(refused)?;
        let actual = AccessTokenHash::from_token(given.access_token(), token.signing_alg().map_err(refused)?, key).map_err(refused)?;
        if actual != *expected {
            return Err(refused("the access token is not the one that belongs to the ID token"));
        }
    }
    let long = token.to_string().len() > WORD_BYTES_MAX || claims.subject().as_str().len() > 255;
    if long { Err(refused("it is too long")) } else { Ok(claims.clone()) }
}

fn identity(claims: &CoreIdTokenClaims, given: &CoreTokenResponse, session_state: Option<String>) -> Identity {
    let mut identity = Identity {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        label: String::new(),
        username: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        tokens: tokens(given, session_state),
    };
    // The same claims may be in both places.
    let standard = StandardClaims::<CoreGenderClaim>::new(claims.subject().clone())
        .set_name(claims.name().cloned())
        .set_given_name(claims.given_name().cloned())
        .set_family_name(claims.family_name().cloned())
        .set_preferred_username(claims.preferred_username().cloned())
        .set_email(claims.email().cloned())
        .set_email_verified(claims.email_verified());
    describe(&mut identity, &standard);
    identity
}

/// What somebody is called at the provider, as far as it can be used here.
fn describe(identity: &mut Identity, claims: &StandardClaims<CoreGenderClaim>) {
    let short = |text: &str| names::visible(text).chars().take(limits::NAME_CHARS_MAX).collect::<String>();
    let name = claims.name().and_then(|name| name.get(None)).map(|name| short(name));
    let given = claims.given_name().and_then(|name| name.get(None)).map(|name| short(name));
    let family = claims.family_name().and_then(|name| name.get(None)).map(|name| short(name));
    let email = claims.email().map(|email| email.as_str().to_owned());
    let called = claims.preferred_username().map(|name| short(name));
    // One name is a first name.
    identity.first_name = given.or_else(|| name.clone()).unwrap_or_default();
    identity.last_name = if claims.given_name().is_some() { family.unwrap_or_default() } else { String::new() };
    let local = email.as_deref().and_then(|email| email.split_once('@')).map(|(local, _)| local.to_owned());
    let wanted = called.clone().map(|called| called.split('@').next().unwrap_or_default().to_owned()).or(local).unwrap_or_default();
    identity.username = names::username(&wanted.to_lowercase()).unwrap_or_default();
    let label = email.clone().or(called).or(name).unwrap_or_else(|| identity.subject.clone());
    identity.label = names::visible(&label).chars().take(254).collect();
    identity.email = email.filter(|_| claims.email_verified() == Some(true));
}

fn tokens(given: &CoreTokenResponse, session_state: Option<String>) -> Tokens {
    let lives = given.expires_in().and_then(|lives| i64::try_from(lives.as_millis()).ok());
    Tokens {
        refresh: given.refresh_token().map(|token| Zeroizing::new(token.secret().clone())),
        access: Zeroizing::new(given.access_token().secret().clone()),
        id: given.id_token().map(|token| Zeroizing::new(token.to_string())),
        expires_at: lives.map(|lives| clock::now().saturating_add(lives)),
        token_type: given.token_type().as_ref().to_owned(),
        scope: given.scopes().map(|scopes| scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")),
        session_state: session_state.filter(|state| state.len() <= 1_024),
    }
}

fn redirect(address: &str) -> Result<RedirectUrl, ApiError> {
    RedirectUrl::new(address.to_owned()).map_err(unreachable)
}

/// Why, is for the owner's log: whoever tries things out learns nothing from it.
fn refused(reason: impl Display) -> ApiError {
    tracing::info!(%reason, "a provider's answer was refused");
    ApiError::new(
        ErrorCode::ProviderRefused,
        "The provider's answer cannot be used: it is too old, was used before, or is not for you. Begin again.",
    )
}

fn unreachable(reason: impl std::error::Error) -> ApiError {
    // The reason behind the reason is the one that says something.
    let mut innermost: &dyn std::error::Error = &reason;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    tracing::warn!(%reason, %innermost, "a provider cannot be used");
    ApiError::new(
        ErrorCode::ProviderUnreachable,
        "The provider does not answer the server as it should. Try again later, or sign in another way.",
    )
}
