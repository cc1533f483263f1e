use super::{Lane, MutationKind};
use crate::ids::{GroupId, UserId};
use serde::{Deserialize, Serialize};

/// Makes somebody else in a group its owner: for its owner, who is an admin from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverGroup {
    pub group: GroupId,
    pub to: UserId,
}

impl MutationKind for HandOverGroup {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
