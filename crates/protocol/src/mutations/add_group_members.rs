use super::{Lane, MutationKind};
use crate::ids::{GroupId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Takes people into a group, and so into all of its public channels: for its owner and admins. Those who are in it already stay as
/// they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddGroupMembers {
    pub group: GroupId,
    pub people: BTreeSet<UserId>,
}

impl MutationKind for AddGroupMembers {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
