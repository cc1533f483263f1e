use super::{Lane, MutationKind};
use crate::ids::UserId;
use serde::{Deserialize, Serialize};

/// We are contacts no longer, neither of us the other's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveContact {
    pub user: UserId,
}

impl MutationKind for RemoveContact {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
