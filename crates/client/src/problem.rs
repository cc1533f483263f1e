//! From errors to the words that a person reads.

use crate::view::Problem;
use hearth_protocol::{error::ApiError, link::LinkError};

/// The code of a replica whose bytes are not what was written.
pub(crate) const DAMAGED: &str = "damaged_database";

/// The code of a replica whose last writes could not be read again.
pub(crate) const CUT_LOG: &str = "cut_log";

impl Problem {
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// A fault of ours: said plainly, with what the person can still do.
    pub fn internal(detail: impl std::fmt::Display) -> Self {
        tracing::error!(%detail, "internal error");
        Self::new("internal", format!("Something went wrong inside Hearth ({detail}). Nothing was lost; try again, or restart Hearth."))
    }

    /// Nobody is, or not any more.
    pub fn not_signed_in() -> Self {
        Self::new("not_signed_in", "Sign in first.")
    }

    pub fn offline() -> Self {
        Self::new("offline", "This needs the server, and it cannot be reached now. Try again when you are back online.")
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        Self::new(error.code.as_str(), error.message)
    }
}

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        Self::new("bad_link", error.to_string())
    }
}

impl From<hearth_replica::Error> for Problem {
    fn from(error: hearth_replica::Error) -> Self {
        match error {
            hearth_replica::Error::DiskFull => {
                Self::new("disk_full", "The disk of this computer is full. Make room, then try again; nothing you typed is lost.")
            }
            hearth_replica::Error::Damaged(detail) => {
                tracing::error!(%detail, "the replica is damaged");
                Self::new(
                    DAMAGED,
                    "The messages kept on this computer are damaged. They are being fetched again from the server; this takes a moment.",
                )
            }
            // What still asks while somebody is being signed out asks nobody.
            hearth_replica::Error::Closed => Self::not_signed_in(),
            other => Self::internal(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_a_replica_that_was_closed_asks_while_nobody_is_signed_in() {
        assert_eq!(Problem::from(hearth_replica::Error::Closed), Problem::not_signed_in());
    }
}
