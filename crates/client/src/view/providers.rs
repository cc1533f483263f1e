//! Signing in by OpenID Connect providers.

use super::Me;
use hearth_protocol::{
    Millis,
    provider::{ExternalAccount, ProviderInfo},
};
use serde::Serialize;
use ts_rs::TS;

/// What became of going to a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Entrance {
    In {
        me: Me,
    },
    /// Nobody on the server has linked the account: they choose a name, or sign in another way and link it.
    New {
        person: NewcomerView,
    },
}

/// What the provider calls somebody; for them to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct NewcomerView {
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    /// Their address, where somebody on the server has it: most likely they have an account.
    pub known_as: Option<String>,
}

/// By what one can sign in, as the server says it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct WaysIn {
    pub accounts: Vec<ExternalAccount>,
    pub providers: Vec<ProviderInfo>,
    /// Whether there is a password.
    pub password: bool,
    /// When it was changed last; `None` where it is the first one.
    #[ts(type = "number | null")]
    pub password_changed_at: Option<Millis>,
}
