//! Signing in by an OpenID Connect provider that the server's owner has set up, and the accounts there that people have linked with theirs here.

use crate::{
    Millis,
    account::{Device, SignedIn},
    ids::ExternalAccountId,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the app listens for the browser to come back: `http://127.0.0.1:PORT` and this path, with a port that the system chose (RFC 8252).
pub const REDIRECT_PATH: &str = "/signed-in";

/// One of the server's providers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProviderInfo {
    pub id: String,
    /// As its owner calls it: "Continue with NAME".
    pub name: String,
}

/// `POST /v1/sign-in/provider`, and with a session `POST /v1/external/prove`.
#[derive(Clone, Serialize, Deserialize)]
pub struct BeginProvider {
    pub provider: String,
    /// Where the provider sends the browser afterwards; see [`REDIRECT_PATH`].
    pub redirect: String,
    /// The SHA-256 of what the app shows when it finishes, in base64url: whoever else sees the provider's answer cannot use it.
    pub challenge: String,
}

/// `POST /v1/external/link`: an account at the provider is to sign in to mine here.
#[derive(Clone, Serialize, Deserialize)]
pub struct LinkProvider {
    #[serde(flatten)]
    pub begin: BeginProvider,
    /// Empty for who has none and has just proved who they are.
    pub password: String,
}

/// The answer to these.
#[derive(Clone, Serialize, Deserialize)]
pub struct ProviderBegun {
    /// What the system's browser is to open.
    pub url: String,
    /// What the browser has to bring back.
    pub state: String,
}

/// What the browser brought back; `POST /v1/external/finish` takes it for `link` and `prove`.
#[derive(Clone, Serialize, Deserialize)]
pub struct ProviderAnswer {
    pub state: String,
    pub code: String,
    /// What `challenge` is the hash of.
    pub verifier: String,
    /// Who answered (RFC 9207), if it said so.
    #[serde(default)]
    pub iss: Option<String>,
    #[serde(default)]
    pub session_state: Option<String>,
}

/// `POST /v1/sign-in/provider/finish`. `second_step` as with a password.
#[derive(Clone, Serialize, Deserialize)]
pub struct FinishProvider {
    #[serde(flatten)]
    pub answer: ProviderAnswer,
    pub device: Device,
}

/// The answer to it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderOutcome {
    SignedIn(Box<SignedIn>),
    /// Nobody here has linked this account, and may sign up by it.
    New(Newcomer),
}

/// Somebody whom the provider knows and this server does not. The rest is for them to change.
#[derive(Clone, Serialize, Deserialize)]
pub struct Newcomer {
    /// Goes with `POST /v1/sign-up/provider`.
    pub ticket: String,
    /// May be taken, or be no name at all.
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    /// Their address, if the provider vouches for it and somebody here has it: theirs, most likely, so that they sign in to that account instead.
    #[serde(default)]
    pub known_as: Option<String>,
}

/// `POST /v1/sign-up/provider`, answered like `POST /v1/sign-up`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignUpByProvider {
    pub ticket: String,
    pub username: String,
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    #[serde(default)]
    pub set_up_code: Option<String>,
    /// The secret of an invitation to this server.
    #[serde(default)]
    pub invite: Option<String>,
}

/// `GET /v1/external`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalAccounts {
    pub accounts: Vec<ExternalAccount>,
    /// Whether one can sign in with a password as well.
    pub password: bool,
    /// When it was chosen; `None`: with the account, or an older server does not say.
    #[serde(default)]
    pub password_changed_at: Option<Millis>,
}

/// An account at a provider that signs in to mine; `POST /v1/external/{id}/unlink` ends that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExternalAccount {
    pub id: ExternalAccountId,
    /// The provider as the owner calls it, or its address if it is none of the server's any more.
    pub provider: String,
    /// By which id that provider is asked for.
    #[serde(default)]
    pub provider_id: Option<String>,
    /// The address or name that it is known by there.
    pub label: String,
    #[ts(type = "number")]
    pub linked_at: Millis,
    /// Since when the provider renews nothing for it: signing in by it once more mends that.
    #[ts(type = "number | null")]
    pub refused_at: Option<Millis>,
}
