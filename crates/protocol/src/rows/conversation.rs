use super::RowKind;
use crate::{Millis, ids::ConversationId, stream::StreamKind};
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
    pub created_at: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Two people; its id follows from theirs.
    Direct,
    /// Any number of people, by name.
    Group,
}

impl ConversationKind {
    /// The word in both databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Group => "group",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "direct" => Some(Self::Direct),
            "group" => Some(Self::Group),
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
