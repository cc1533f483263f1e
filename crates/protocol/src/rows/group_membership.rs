use super::{MemberRole, RowKind};
use crate::{Millis, ids::GroupId, stream::StreamKind};
use serde::{Deserialize, Serialize};

/// That I am in a group: a row of my user stream, one per group I belong or belonged to. It opens and closes the group's stream, all of
/// its public channels, and those of its private channels that I am a member of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMembershipRow {
    pub group: GroupId,
    pub role: MemberRole,
    pub joined_at: Millis,
    /// Set once I am no longer in it: no later pull or frame of all that is authorised.
    pub left_at: Option<Millis>,
    /// I am not in it because nobody is: it was deleted.
    #[serde(default)]
    pub gone: bool,
    /// What it was called then, as nobody can look any more; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gone_name: String,
    /// Counts leaving and coming back: the version of the group's stream and of its public channels.
    pub vis_ver: u64,
}

impl RowKind for GroupMembershipRow {
    const KIND: &'static str = "group_membership";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.group.to_string()
    }
}
