use super::{Lane, MutationKind};
use crate::ids::GroupId;
use serde::{Deserialize, Serialize};

/// Deletes a group with all its channels, for everybody and for good: for its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteGroup {
    pub group: GroupId,
}

impl MutationKind for DeleteGroup {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
