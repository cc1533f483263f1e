use super::{Lane, MutationKind};
use crate::profile::{PrivacyField, SeenBy};
use serde::{Deserialize, Serialize};

/// Says who sees something of my profile, from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPrivacy {
    pub field: PrivacyField,
    pub to: SeenBy,
}

impl MutationKind for SetPrivacy {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
