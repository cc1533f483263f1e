use super::RowKind;
use crate::{
    Millis,
    ids::{ConversationId, GroupId, MediaId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A conversation's own facts, the same for everybody in it: one row of its stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationRow {
    pub id: ConversationId,
    pub kind: ConversationKind,
    /// Empty for a direct conversation: each side sees the other's name.
    pub name: String,
    /// May be empty.
    pub topic: String,
    /// Whether those who join see what was said before; in force for those who join from then on.
    pub shared_history: bool,
    /// The group whose channel it is; of channels alone.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// Of a channel: for its members alone, rather than for everybody in the group.
    #[serde(default)]
    pub private: bool,
    /// What it looks like, to those who see it: see `GET /v1/pictures/{id}`. A direct one has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<MediaId>,
    pub created_at: Millis,
    /// Who made it; not there where an older server does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<UserId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Two people; its id follows from theirs.
    Direct,
    /// Several people, by name.
    Group,
    /// One of a group's.
    Channel,
}

impl ConversationKind {
    /// The word in both databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Group => "group",
            Self::Channel => "channel",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "direct" => Some(Self::Direct),
            "group" => Some(Self::Group),
            "channel" => Some(Self::Channel),
            _ => None,
        }
    }
}

impl RowKind for ConversationRow {
    const KIND: &'static str = "conversation";
    const HOME: StreamKind = StreamKind::Conversation;

    fn id(&self) -> String {
        String::new()
    }
}
