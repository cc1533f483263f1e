//! Why a request did not do what it was for.

use crate::{trust, view::Problem};
use hearth_protocol::error::{ApiError, ErrorCode};
use serde::{Deserialize, Serialize};

/// Why a request did not do what it was for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    /// Nobody answered, or the connection broke: try again later.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// Somebody else's certificate, or one that nobody vouches for.
    #[error("certificate refused: {0}")]
    Certificate(String),
    /// An answer, but not from a Hearth server.
    #[error("not a Hearth server: {0}")]
    NotHearth(String),
    /// This computer, not the network: the replica could not be written.
    #[error("{0}")]
    Local(Problem),
    /// The server's own refusal.
    #[error(transparent)]
    Refused(#[from] ApiError),
}

/// What ended a session from elsewhere: it stays in the profile until somebody signs in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// The person's device of this name.
    By(String),
    /// The account is no more.
    AccountDeleted,
    /// The account waits: by its person's wish, who signs in to turn it on again, or by an admin's.
    Deactivated,
}

impl Failure {
    /// The session is no longer good; signing in again is the cure.
    pub fn ends_session(&self) -> bool {
        matches!(self, Self::Refused(error) if matches!(error.code, ErrorCode::Unauthorized | ErrorCode::AccountDeleted | ErrorCode::Deactivated))
    }

    /// What ended the session, if it is known.
    pub fn end(&self) -> Option<SessionEnd> {
        match self {
            Self::Refused(error) if error.code == ErrorCode::AccountDeleted => Some(SessionEnd::AccountDeleted),
            Self::Refused(error) if error.code == ErrorCode::Deactivated => Some(SessionEnd::Deactivated),
            Self::Refused(error) => error.ended_by.clone().map(SessionEnd::By),
            _ => None,
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable(detail) => Self::new(
                "unreachable",
                format!("The server does not answer ({detail}). Check the address and that this computer is online, then try again."),
            ),
            Failure::Certificate(detail) => Self::new(
                "wrong_certificate",
                format!(
                    "This is not the server that the link names: its certificate is another one ({detail}). Do not go on; ask the server's owner for a new connect link."
                ),
            ),
            Failure::NotHearth(detail) => Self::new(
                "not_hearth",
                format!("Something answers at this address, but it is not a Hearth server ({detail}). Check the address."),
            ),
            Failure::Local(problem) => problem,
            Failure::Refused(error) => error.into(),
        }
    }
}

/// The innermost reason is the one that says something: "connection refused", not "error sending request".
pub(super) fn unreachable(error: reqwest::Error) -> Failure {
    sort_failure(&error)
}

/// Tells a refused certificate from a broken connection by the chain of causes.
pub fn sort_failure(error: &(dyn std::error::Error + 'static)) -> Failure {
    let mut innermost = error;
    let mut certificate = false;
    loop {
        certificate |= matches!(innermost.downcast_ref(), Some(rustls::Error::InvalidCertificate(_)));
        certificate |= innermost.to_string().contains(trust::WRONG_CERTIFICATE);
        let inner = innermost.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match inner.map(|inner| inner as &(dyn std::error::Error + 'static)).or_else(|| innermost.source()) {
            Some(cause) => innermost = cause,
            None => break,
        }
    }
    let said = innermost.to_string();
    // How rustls introduces a verifier's own words.
    let detail = said.strip_prefix("unexpected error: ").unwrap_or(&said).to_owned();
    if certificate { Failure::Certificate(detail) } else { Failure::Unreachable(detail) }
}
