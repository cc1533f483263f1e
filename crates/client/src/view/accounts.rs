//! The accounts in this app; passwords, addresses and codes.

use super::Me;
use hearth_protocol::{account::EmailPolicy, admin::SignUpPolicy, limits};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ts_rs::TS;
use uuid::Uuid;

/// An account in this app, on this computer; its server knows nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string", export)]
pub struct AccountId(Uuid);

impl AccountId {
    /// The one that was there before there could be several.
    pub const FIRST: Self = Self(Uuid::nil());

    /// A new one, which sorts after those before it.
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AccountId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// One account of those in this app, as the switcher lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AccountView {
    pub id: AccountId,
    /// Who signed in there last; nobody while it is being added.
    pub me: Option<Me>,
    /// What its server is called, or its address; empty while none is chosen.
    pub server: String,
    /// Its server runs inside this app.
    pub embedded: bool,
    pub state: AccountState,
    pub unread: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Its conversations are open, or about to be.
    Open,
    SignedOut,
    Locked,
    Blocked,
    /// Nobody has signed in to it yet.
    New,
}

/// What a server asks for when somebody signs up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AccountRules {
    pub email: EmailPolicy,
    /// Codes go out by mail; otherwise the server prints them for its owner.
    pub mail: bool,
    pub password_chars_min: u32,
    /// Who may sign up.
    #[serde(default)]
    pub sign_up: SignUpPolicy,
    /// Of which domains the addresses of new people are; empty: of any.
    #[serde(default)]
    pub mail_domains: Vec<String>,
}

impl Default for AccountRules {
    fn default() -> Self {
        Self {
            email: EmailPolicy::default(),
            mail: false,
            password_chars_min: limits::PASSWORD_CHARS_MIN as u32,
            sign_up: SignUpPolicy::default(),
            mail_domains: Vec::new(),
        }
    }
}

/// My address, as this computer knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct EmailView {
    pub address: String,
    pub verified: bool,
}

/// How hard a password is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PasswordRating {
    /// 0 to 4, as zxcvbn counts.
    pub score: u8,
    /// Whether a server takes it, if it is long enough.
    pub accepted: bool,
}
