use super::{Lane, MutationKind};
use crate::{
    ids::{GroupId, UserId},
    rows::MemberRole,
};
use serde::{Deserialize, Serialize};

/// Makes somebody in a group an admin, or a member again: for its owner. Who owns it is changed by handing it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetGroupRole {
    pub group: GroupId,
    pub person: UserId,
    /// Admin or member.
    pub role: MemberRole,
}

impl MutationKind for SetGroupRole {
    fn lane(&self) -> Lane {
        Lane::Group(self.group)
    }
}
