//! One-time codes: asking for one, and what one can do with it.
//!
//! Whether there is an account, has an address or had a code, nobody learns from these requests: asking is always answered in the same way,
//! and a code that does not fit by `wrong_code`.

use crate::{account::Device, ids::DeviceId};
use serde::{Deserialize, Serialize};

/// What a code is for; it is good for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// The address given at sign-up is theirs.
    VerifyEmail,
    /// Instead of the password.
    SignIn,
    ResetPassword,
    /// Another address is theirs.
    ChangeEmail,
}

impl CodePurpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::SignIn => "sign_in",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
        }
    }
}

/// `POST /v1/codes`, without signing in: a code for `sign_in` or `reset_password`, to the verified address of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskCode {
    pub purpose: CodePurpose,
    /// A username or an address.
    pub username: String,
    pub device: DeviceId,
}

/// The answer, whoever was asked for: by which way codes leave this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeAsked {
    /// False: it has no mail, and prints them for its owner.
    pub mail: bool,
}

/// `POST /v1/sign-in/code`: answered like `POST /v1/sign-in`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignInWithCode {
    /// A username or an address.
    pub username: String,
    pub code: String,
    pub device: Device,
}

/// `POST /v1/password/reset`: a new password for who has the code. Every session of the account ends.
#[derive(Clone, Serialize, Deserialize)]
pub struct ResetPassword {
    /// A username or an address.
    pub username: String,
    pub code: String,
    pub password: String,
    pub device: DeviceId,
}

/// `POST /v1/password`: my other sessions end, this one stays.
#[derive(Clone, Serialize, Deserialize)]
pub struct ChangePassword {
    pub current: String,
    pub password: String,
}

/// `POST /v1/email`, answered by [`CodeAsked`]: a code goes to the new address; the old one stays mine until it is confirmed.
#[derive(Clone, Serialize, Deserialize)]
pub struct ChangeEmail {
    pub email: String,
    /// My password: an open window is not enough to take an account over.
    pub password: String,
}

/// `POST /v1/email/remove`: from here on I have no address.
#[derive(Clone, Serialize, Deserialize)]
pub struct RemoveEmail {
    /// My password; an empty one right after a provider has shown who I am, where I have none.
    pub password: String,
}

/// `POST /v1/email/confirm`, with `verify_email` or `change_email`. `POST /v1/email/code` sends the former once more, and is answered by
/// [`CodeAsked`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ConfirmEmail {
    pub purpose: CodePurpose,
    pub code: String,
}
