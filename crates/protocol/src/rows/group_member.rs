use super::{MemberRole, Person, RowKind};
use crate::{Millis, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// Somebody in a group, on its stream. Kept after they left, so that old messages keep their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMemberRow {
    pub person: Person,
    pub role: MemberRole,
    pub joined_at: Millis,
    /// Set once they are no longer in the group.
    pub left_at: Option<Millis>,
}

impl RowKind for GroupMemberRow {
    const KIND: &'static str = "group_member";
    const HOME: StreamKind = StreamKind::Group;

    fn id(&self) -> String {
        self.person.user.to_string()
    }
}
