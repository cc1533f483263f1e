use super::RowKind;
use crate::{Millis, ids::UserId, stream::StreamKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who somebody is, in as few words as a list needs. Somebody whose account is deleted has no names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub user: UserId,
    pub username: String,
    pub first_name: String,
    pub last_name: String,
}

impl Person {
    /// Somebody whose account is deleted: nothing is left but who it was that wrote.
    pub fn deleted(user: UserId) -> Self {
        Self { user, username: String::new(), first_name: String::new(), last_name: String::new() }
    }

    /// Nobody else is without a username.
    pub fn is_deleted(&self) -> bool {
        self.username.is_empty()
    }
}

/// Somebody in a conversation, on its members stream. Kept after they left, so that old messages keep their names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub person: Person,
    pub role: MemberRole,
    pub joined_at: Millis,
    /// Set once they are no longer in the conversation.
    pub left_at: Option<Millis>,
}

/// What somebody may do in a conversation or a group; who may do more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    Owner,
    Admin,
    Member,
}

impl MemberRole {
    /// Whether they may change who is in it.
    pub fn manages(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }

    /// Whether they may take out somebody else: the owner anybody, admins those who are neither.
    pub fn removes(self, other: Self) -> bool {
        self == Self::Owner || (self == Self::Admin && other == Self::Member)
    }

    /// The word in both databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Member => "member",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "owner" => Some(Self::Owner),
            "admin" => Some(Self::Admin),
            "member" => Some(Self::Member),
            _ => None,
        }
    }
}

impl RowKind for MemberRow {
    const KIND: &'static str = "member";
    const HOME: StreamKind = StreamKind::Members;

    fn id(&self) -> String {
        self.person.user.to_string()
    }
}
