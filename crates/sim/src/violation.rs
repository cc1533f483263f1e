//! What must never be.

use hearth_protocol::error::ApiError;
use std::fmt;

/// An invariant that did not hold, by its check's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub check: &'static str,
    pub detail: String,
}

pub type Result<T, E = Violation> = std::result::Result<T, E>;

impl Violation {
    pub fn new(check: &'static str, detail: impl Into<String>) -> Self {
        Self { check, detail: detail.into() }
    }

    /// The simulated world itself broke: a file, a database, a server that does not start.
    pub fn broken(what: &str, error: impl fmt::Display) -> Self {
        Self::new("broken", format!("{what}: {error}"))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.check, self.detail)
    }
}

impl From<hearth_replica::Error> for Violation {
    fn from(error: hearth_replica::Error) -> Self {
        Self::broken("a replica", error)
    }
}

impl From<ApiError> for Violation {
    fn from(error: ApiError) -> Self {
        Self::broken("the server", error)
    }
}

impl From<std::io::Error> for Violation {
    fn from(error: std::io::Error) -> Self {
        Self::broken("a file", error)
    }
}
