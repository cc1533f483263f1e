use super::{Lane, MutationKind};
use serde::{Deserialize, Serialize};

/// Says who I am, to those who are told of my profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAbout {
    /// At most `limits::ABOUT_CHARS_MAX` characters, in lines; empty takes it away.
    pub text: String,
}

impl MutationKind for SetAbout {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
