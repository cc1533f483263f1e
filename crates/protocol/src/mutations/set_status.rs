use super::{Lane, MutationKind};
use crate::Millis;
use serde::{Deserialize, Serialize};

/// Puts a few words beside my name, for those who may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetStatus {
    /// At most `limits::STATUS_CHARS_MAX` characters; empty takes it away.
    pub text: String,
    /// From then on it counts no more; `None`: until I change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Millis>,
}

impl MutationKind for SetStatus {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
