use super::{Lane, MutationKind};
use crate::ids::UserId;
use serde::{Deserialize, Serialize};

/// Takes a block back. We are not contacts again by that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnblockUser {
    pub user: UserId,
}

impl MutationKind for UnblockUser {
    fn lane(&self) -> Lane {
        Lane::User
    }
}
