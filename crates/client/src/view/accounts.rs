//! Passwords, addresses and codes.

use hearth_protocol::{account::EmailPolicy, limits};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a server asks for when somebody signs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AccountRules {
    pub email: EmailPolicy,
    /// Codes go out by mail; otherwise the server prints them for its owner.
    pub mail: bool,
    pub password_chars_min: u32,
}

impl Default for AccountRules {
    fn default() -> Self {
        Self { email: EmailPolicy::default(), mail: false, password_chars_min: limits::PASSWORD_CHARS_MIN as u32 }
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
