use super::{Lane, MutationKind};
use crate::ids::GroupId;
use serde::{Deserialize, Serialize};

/// Makes a group, which holds channels. Whoever makes it owns it and is in it; others are added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateGroup {
    /// A new id, made at random.
    pub group: GroupId,
    pub name: String,
    /// What it is about; may be empty.
    pub about: String,
}

impl MutationKind for CreateGroup {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
