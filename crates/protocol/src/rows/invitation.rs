use super::{Person, RowKind};
use crate::{
    Millis,
    ids::{GroupId, InvitationId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// A question of one person to another, once in the user stream of each. The two may differ: of what somebody refuses by blocking, who
/// asked is told nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    pub id: InvitationId,
    pub kind: InvitationKind,
    pub sender: Person,
    pub receiver: Person,
    /// Into which group; `None` for a friend request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<InvitedTo>,
    /// What the sender says to it; may be empty.
    pub content: String,
    pub status: InvitationStatus,
    /// When it was asked, the last time.
    pub created_at: Millis,
    /// When it was answered or taken back.
    pub answered_at: Option<Millis>,
}

/// A group that somebody is invited to, for whom its own rows are not there to see yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedTo {
    pub id: GroupId,
    /// Its name when the invitation was made.
    pub name: String,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationKind {
    /// To become contacts.
    Friend,
    /// To come into a group.
    Group,
    /// A word of a newer build.
    #[serde(other)]
    Unknown,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    Pending,
    Accepted,
    Rejected,
    /// Taken back by its sender.
    Withdrawn,
    /// A word of a newer build.
    #[serde(other)]
    Unknown,
}

impl InvitationKind {
    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Friend => "friend",
            Self::Group => "group",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a word; one that this build does not have is [`InvitationKind::Unknown`].
    pub fn parse(word: &str) -> Self {
        [Self::Friend, Self::Group].into_iter().find(|kind| kind.as_str() == word).unwrap_or(Self::Unknown)
    }
}

impl InvitationStatus {
    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a word; one that this build does not have is [`InvitationStatus::Unknown`].
    pub fn parse(word: &str) -> Self {
        let known = [Self::Pending, Self::Accepted, Self::Rejected, Self::Withdrawn];
        known.into_iter().find(|status| status.as_str() == word).unwrap_or(Self::Unknown)
    }
}

impl RowKind for InvitationRow {
    const KIND: &'static str = "invitation";
    const HOME: StreamKind = StreamKind::User;

    fn id(&self) -> String {
        self.id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_new_ones_do_not_break_old_builds() {
        for status in [InvitationStatus::Pending, InvitationStatus::Accepted, InvitationStatus::Rejected, InvitationStatus::Withdrawn] {
            assert_eq!(InvitationStatus::parse(status.as_str()), status);
            assert_eq!(serde_json::to_string(&status).unwrap(), format!("{:?}", status.as_str()));
        }
        for kind in [InvitationKind::Friend, InvitationKind::Group] {
            assert_eq!(InvitationKind::parse(kind.as_str()), kind);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("{:?}", kind.as_str()));
        }
        assert_eq!((InvitationKind::parse("duel"), InvitationStatus::parse("late")), (InvitationKind::Unknown, InvitationStatus::Unknown));
        assert_eq!(serde_json::from_str::<InvitationKind>("\"duel\"").unwrap(), InvitationKind::Unknown);
    }
}
