use super::{Lane, MutationKind};
use crate::ids::{GroupId, UserId};
use serde::{Deserialize, Serialize};

/// Takes somebody out of a group and of all its channels. Oneself: leaving, which its only owner cannot. Others: the owner anybody,
/// admins those who are neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveGroupMember {
    pub group: GroupId,
    pub person: UserId,
}

impl MutationKind for RemoveGroupMember {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
