//! Sign-ins at a provider that are under way, in memory: a restart costs somebody another click.

use super::Identity;
use crate::{config::is_safe, secret, short_lived::ShortLived, store::session::Session};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearth_protocol::{
    Millis,
    account::Device,
    error::{ApiError, ErrorCode},
    ids::SessionId,
    limits::PROVIDER_MS,
    provider::{BeginProvider, ProviderAnswer, REDIRECT_PATH},
};
use url::{Host, Url};

/// What somebody goes to a provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Errand {
    SignIn,
    /// To link the account there with theirs.
    Link(Session),
    /// To show that they are who they are, in place of a password that they do not have.
    Prove(Session),
}

/// What has to fit together when they come back.
pub(crate) struct Flow {
    pub provider: String,
    pub errand: Errand,
    pub redirect: String,
    pub nonce: String,
    /// PKCE towards the provider.
    pub pkce: String,
    /// The hash of what the app shows.
    challenge: [u8; 32],
}

/// Somebody whom the provider vouches for, while they choose a name here.
pub(crate) struct Arrival {
    pub identity: Identity,
    pub device: Device,
}

#[derive(Default)]
pub(crate) struct Flows {
    begun: ShortLived<[u8; 32], Flow>,
    arrivals: ShortLived<[u8; 32], Arrival>,
    proofs: ShortLived<SessionId, ()>,
}

impl Flows {
    /// Keeps what is begun under a new state, which is given back.
    pub fn begin(&self, flow: Flow, now: Millis) -> Result<String, ApiError> {
        let state = secret::token()?;
        self.begun.put(secret::hash(&state), flow, now + PROVIDER_MS, now)?;
        Ok(state)
    }

    /// What was begun under a state, once, for the app that began it.
    pub fn take(&self, answer: &ProviderAnswer, now: Millis) -> Result<Flow, ApiError> {
        let begun = self.begun.take(&secret::hash(&answer.state), now);
        begun.filter(|flow| flow.challenge == secret::hash(&answer.verifier)).ok_or_else(over)
    }

    pub fn arrive(&self, arrival: Arrival, now: Millis) -> Result<String, ApiError> {
        let ticket = secret::token()?;
        self.arrivals.put(secret::hash(&ticket), arrival, now + PROVIDER_MS, now)?;
        Ok(ticket)
    }

    /// Looks at who arrived; they may try several names.
    pub fn arrival<T>(&self, ticket: &str, now: Millis, look: impl FnOnce(&mut Arrival) -> T) -> Result<T, ApiError> {
        self.arrivals.with(&secret::hash(ticket), now, look).ok_or_else(over)
    }

    pub fn settled(&self, ticket: &str, now: Millis) {
        self.arrivals.take(&secret::hash(ticket), now);
    }

    pub fn prove(&self, session: SessionId, now: Millis) -> Result<(), ApiError> {
        self.proofs.put(session, (), now + PROVIDER_MS, now)
    }

    /// Whether a session's person has just shown at a provider who they are; good once.
    pub fn take_proof(&self, session: SessionId, now: Millis) -> bool {
        self.proofs.take(&session, now).is_some()
    }

    pub fn forget(&self, now: Millis) {
        self.begun.forget(now);
        self.arrivals.forget(now);
        self.proofs.forget(now);
    }
}

pub(super) fn over() -> ApiError {
    ApiError::new(ErrorCode::SignInOver, "Signing in took too long, or was finished already. Begin again.")
}

impl Flow {
    /// Reads a request to begin. The browser is sent to the app's own port on its own computer and nowhere else.
    pub fn new(request: BeginProvider, errand: Errand, nonce: String, pkce: String) -> Result<Self, ApiError> {
        let bad = |message: &str| ApiError::new(ErrorCode::BadRequest, message);
        let challenge = URL_SAFE_NO_PAD.decode(&request.challenge).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let challenge = challenge.ok_or_else(|| bad("The challenge is not a SHA-256 in base64url."))?;
        if !is_the_apps(&request.redirect) {
            return Err(bad("The browser can only be sent back to the app on its own computer."));
        }
        Ok(Self { provider: request.provider, errand, redirect: request.redirect, nonce, pkce, challenge })
    }
}

fn is_the_apps(redirect: &str) -> bool {
    let Ok(url) = Url::parse(redirect) else { return false };
    let literal = matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)));
    let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    url.scheme() == "http" && literal && is_safe(redirect) && url.port().is_some() && plain && url.path() == REDIRECT_PATH
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::providers::Tokens;
    use hearth_protocol::ids::DeviceId;

    fn begin() -> (Flow, ProviderAnswer) {
        let verifier = "what only the app knows";
        let redirect = format!("http://127.0.0.1:40123{REDIRECT_PATH}");
        let request = BeginProvider { provider: "example".into(), redirect, challenge: URL_SAFE_NO_PAD.encode(secret::hash(verifier)) };
        let flow = Flow::new(request, Errand::SignIn, String::new(), String::new()).unwrap();
        (flow, ProviderAnswer { state: String::new(), code: String::new(), verifier: verifier.into(), iss: None, session_state: None })
    }

    #[test]
    fn what_is_begun_at_a_provider_ends_by_time() {
        let flows = Flows::default();
        for (now, in_time) in [(PROVIDER_MS - 1, true), (PROVIDER_MS, false)] {
            let (flow, answer) = begin();
            let answer = ProviderAnswer { state: flows.begin(flow, 0).unwrap(), ..answer };
            assert_eq!(flows.take(&answer, now).is_ok(), in_time, "coming back at {now}");
            let tokens = Tokens {
                refresh: None,
                access: String::new().into(),
                id: None,
                expires_at: None,
                token_type: String::new(),
                scope: None,
                session_state: None,
            };
            let word = |word: &str| word.to_owned();
            let identity = Identity {
                issuer: word("https://id.example.org"),
                subject: word("elin"),
                label: word("elin"),
                username: word("elin"),
                first_name: word("Elin"),
                last_name: String::new(),
                email: None,
                tokens,
            };
            let device = Device { id: DeviceId::new(), name: "a device".into(), platform: "linux".into() };
            let ticket = flows.arrive(Arrival { identity, device }, 0).unwrap();
            assert_eq!(flows.arrival(&ticket, now, |_| ()).is_ok(), in_time, "choosing a name at {now}");
            let session = SessionId::new();
            flows.prove(session, 0).unwrap();
            assert_eq!(flows.take_proof(session, now), in_time, "a proof at {now}");
            assert!(!flows.take_proof(session, 1), "a proof is good once");
        }
    }

    #[test]
    fn the_browser_comes_back_to_the_apps_own_port_only() {
        for good in ["http://127.0.0.1:40123/signed-in", "http://[::1]:40123/signed-in"] {
            assert!(is_the_apps(good), "{good}");
        }
        for bad in [
            "",
            "http://127.0.0.1/signed-in",
            "https://127.0.0.1:40123/signed-in",
            "http://localhost:40123/signed-in",
            "http://192.0.2.1:40123/signed-in",
            "http://example.org:40123/signed-in",
            "http://127.0.0.1@example.org:40123/signed-in",
            "http://u@127.0.0.1:40123/signed-in",
            "http://127.0.0.1:40123/other",
            "http://127.0.0.1:40123/signed-in?next=x",
            "http://127.0.0.1:40123/signed-in#x",
            "hearth://signed-in",
        ] {
            assert!(!is_the_apps(bad), "{bad}");
        }
    }
}
