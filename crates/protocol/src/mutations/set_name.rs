use super::{Lane, MutationKind};
use serde::{Deserialize, Serialize};

/// Says what I am called; my username stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetName {
    /// Not empty; at most `limits::NAME_CHARS_MAX` characters.
    pub first_name: String,
    /// At most as many; may be empty.
    pub last_name: String,
}

impl MutationKind for SetName {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
