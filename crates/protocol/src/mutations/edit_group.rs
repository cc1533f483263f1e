use super::{Lane, MutationKind};
use crate::ids::GroupId;
use serde::{Deserialize, Serialize};

/// Gives a group another name, or says otherwise what it is about: for its owner and admins. What is not named stays, so that two who change
/// different things do not undo each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditGroup {
    pub group: GroupId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// May be empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl MutationKind for EditGroup {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
