use super::{ConversationKind, Person, RowKind};
use crate::{
    Millis,
    ids::{ConversationId, GroupId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// That I am in a conversation: a row of my user stream, one per conversation I belong or belonged to, or
/// that was deleted while I saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipRow {
    pub conversation: ConversationId,
    pub kind: ConversationKind,
    /// The group whose private channel it is: outside the group the membership counts for nothing.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// The other person of a direct conversation, so that the list can name it before anything else arrived.
    pub peer: Option<Person>,
    pub joined_at: Millis,
    /// Set once I am no longer in it: no later pull or frame is authorised.
    pub left_at: Option<Millis>,
    /// I am not in it because nobody is: it was deleted.
    #[serde(default)]
    pub gone: bool,
    /// What it was called then, as nobody can look any more; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gone_name: String,
    /// Counts changes of what I may see of it: copies and frames of a lower version are late. A private channel's version is the sum of
    /// this one and of the group membership's.
    pub vis_ver: u64,
}

impl RowKind for MembershipRow {
    const KIND: &'static str = "membership";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.conversation.to_string()
    }
}
