//! Two-step sign-in: a code of an authenticator app besides the password, and recovery codes for who has lost it.

use serde::{Deserialize, Serialize};

/// `POST /v1/sign-in/second`, after `second_step`; answered like `POST /v1/sign-in`.
#[derive(Clone, Serialize, Deserialize)]
pub struct FinishSignIn {
    pub challenge: String,
    /// Of the app, or a recovery code.
    pub code: String,
}

/// `POST /v1/two-step/begin`: nothing changes until a first code comes back.
#[derive(Clone, Serialize, Deserialize)]
pub struct BeginTwoStep {
    pub password: String,
}

/// The answer: what the authenticator app is told, in two ways. Told this once.
#[derive(Clone, Serialize, Deserialize)]
pub struct TwoStepBegun {
    /// 160 bits in base32, for typing.
    pub secret: String,
    /// `otpauth://totp/..`, for a QR code.
    pub uri: String,
}

/// `POST /v1/two-step/confirm`: the app's first code turns it on.
#[derive(Clone, Serialize, Deserialize)]
pub struct ConfirmTwoStep {
    pub code: String,
}

/// The answer to that, and to `POST /v1/two-step/codes`, which makes new ones and takes [`ProveTwoStep`]: each is good once. Told this once.
#[derive(Clone, Serialize, Deserialize)]
pub struct RecoveryCodes {
    pub codes: Vec<String>,
}

/// Both steps once more; with `POST /v1/two-step/off` two-step sign-in ends.
#[derive(Clone, Serialize, Deserialize)]
pub struct ProveTwoStep {
    pub password: String,
    /// Of the app, or a recovery code.
    pub code: String,
}

/// `GET /v1/two-step/codes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodesLeft {
    pub left: u32,
}
