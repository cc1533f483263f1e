use super::{Lane, MutationKind};
use crate::ids::UserId;
use serde::{Deserialize, Serialize};

/// Wants to have nothing to do with somebody: no direct messages, no invitations and nothing of a profile, either way. They are not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockUser {
    pub user: UserId,
}

impl MutationKind for BlockUser {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
