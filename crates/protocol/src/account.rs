//! Accounts and sessions: the ordinary JSON API beside sync.

use crate::{
    admin::SignUpPolicy,
    ids::{DeviceId, Epoch, SessionId},
    limits,
    provider::ProviderInfo,
    rows::{AccountRow, Person},
    version::Versions,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `GET /v1/server`, without signing in: how a client knows a Hearth server when it meets one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// Always `"hearth"`.
    pub product: String,
    pub version: String,
    pub proto: Versions,
    /// The server's name, as its owner calls it.
    pub name: String,
    pub epoch: Epoch,
    /// True until the first account exists: that one needs the set-up code.
    pub needs_set_up: bool,
    /// Who may sign up.
    #[serde(default)]
    pub sign_up: SignUpPolicy,
    /// Of which domains the addresses of new people are; empty: of any.
    #[serde(default)]
    pub mail_domains: Vec<String>,
    /// Whether an account has an address.
    #[serde(default)]
    pub email: EmailPolicy,
    /// True where codes go out by mail; otherwise the server prints them for its owner.
    #[serde(default)]
    pub mail: bool,
    /// Characters that a new password has at least.
    #[serde(default = "password_chars_min")]
    pub password_chars_min: usize,
    /// By which one can sign in besides.
    #[serde(default)]
    pub providers: Vec<ProviderInfo>,
}

fn password_chars_min() -> usize {
    limits::PASSWORD_CHARS_MIN
}

/// Whether the people of a server give their addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EmailPolicy {
    #[default]
    Optional,
    Required,
    /// None is asked for or kept.
    Off,
}

/// The product field of [`ServerInfo`].
pub const PRODUCT: &str = "hearth";

/// `POST /v1/sign-up`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignUp {
    pub username: String,
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    pub password: String,
    /// A code goes there, which proves that it is theirs.
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub set_up_code: Option<String>,
    /// The secret of an invitation to this server.
    #[serde(default)]
    pub invite: Option<String>,
    pub device: Device,
}

/// `POST /v1/account/delete`: for good. The person's sessions end with it.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeleteAccount {
    pub password: String,
}

/// `POST /v1/account/deactivate`: until its person signs in again. The sessions end with it.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeactivateAccount {
    pub password: String,
}

/// `POST /v1/sign-in`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// Or an address that was verified.
    pub username: String,
    pub password: String,
    pub device: Device,
}

/// The profile that signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: DeviceId,
    /// "Elin's laptop".
    pub name: String,
    /// "linux", "macos", "windows".
    pub platform: String,
}

/// The answer to both. `POST /v1/sign-out` with the token ends it.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignedIn {
    pub session: SessionId,
    /// Opaque, 256 bits, base64url; sent as `Authorization: Bearer`. The server keeps only its hash.
    pub token: String,
    pub account: AccountRow,
    pub epoch: Epoch,
}

/// `POST /v1/ticket`: opens one WebSocket within `limits::TICKET_MS`.
#[derive(Clone, Serialize, Deserialize)]
pub struct Ticket {
    pub ticket: String,
}

/// `GET /v1/people?q=`: people whose username or name starts with the words, at most `limits::PEOPLE_FOUND_MAX`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFound {
    pub people: Vec<Person>,
}

/// `PUT` and `GET /v1/devices/{id}/key`: the replica's key, encrypted under a secret that only the profile's disk has.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    /// Base64; nonce and ciphertext. Opaque to the server.
    pub wrapped: String,
}
