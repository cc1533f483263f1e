use super::RowKind;
use crate::{
    Millis, Pos,
    ids::{ConversationId, MessageId, NotificationId, UserId},
    stream::StreamKind,
};
use serde::{Deserialize, Serialize};

/// Something that somebody is told of until they have read it. It holds no words: those are drawn from what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificationRow {
    /// That of the invitation, the message, the call, the group or the deleted conversation.
    pub id: NotificationId,
    pub kind: NotificationKind,
    /// Where it happened; `None` for invitations, groups and what is deleted.
    pub conversation: Option<ConversationId>,
    /// The place of the message there; `None` for what is no message. Whoever has read so far has read it.
    #[serde(default)]
    pub pos: Option<Pos>,
    /// The root of the thread with which it is read, of what is said there alone; `None` of what is read with its conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread_root: Option<MessageId>,
    /// Who wrote, called or deleted; `None` for what is none of it.
    #[serde(default)]
    pub sender: Option<UserId>,
    /// The last time that it was worth telling.
    pub created_at: Millis,
    /// When it was read on one of the person's devices, or came to its end.
    pub read_at: Option<Millis>,
}

impl NotificationRow {
    /// Of what happened in no conversation, not read yet.
    pub fn new(id: NotificationId, kind: NotificationKind, created_at: Millis) -> Self {
        Self { id, kind, conversation: None, pos: None, thread_root: None, sender: None, created_at, read_at: None }
    }
}

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    FriendRequest,
    GroupInvitation,
    /// Somebody whom the person has asked is a contact of theirs now.
    RequestAccepted,
    /// Somebody whom the person has invited is in the group now.
    InvitationAccepted,
    /// A group that the person was in.
    GroupDeleted,
    /// A conversation that the person saw.
    ConversationDeleted,
    /// Somebody names the person.
    Mention,
    /// Somebody answers a message of the person's, whether they name them as well or not.
    Reply,
    MissedCall,
    /// A word of a newer build.
    #[serde(other)]
    Unknown,
}

impl NotificationKind {
    /// Those that this build knows.
    const KNOWN: [Self; 9] = [
        Self::FriendRequest,
        Self::GroupInvitation,
        Self::RequestAccepted,
        Self::InvitationAccepted,
        Self::GroupDeleted,
        Self::ConversationDeleted,
        Self::Mention,
        Self::Reply,
        Self::MissedCall,
    ];

    /// The word in tables, the same as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FriendRequest => "friend_request",
            Self::GroupInvitation => "group_invitation",
            Self::RequestAccepted => "request_accepted",
            Self::InvitationAccepted => "invitation_accepted",
            Self::GroupDeleted => "group_deleted",
            Self::ConversationDeleted => "conversation_deleted",
            Self::Mention => "mention",
            Self::Reply => "reply",
            Self::MissedCall => "missed_call",
            Self::Unknown => "unknown",
        }
    }

    /// Reads a word; one that this build does not have is [`NotificationKind::Unknown`].
    pub fn parse(word: &str) -> Self {
        Self::KNOWN.into_iter().find(|kind| kind.as_str() == word).unwrap_or(Self::Unknown)
    }
}

impl RowKind for NotificationRow {
    const KIND: &'static str = "notification";
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
        for kind in NotificationKind::KNOWN {
            assert_eq!(NotificationKind::parse(kind.as_str()), kind);
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("{:?}", kind.as_str()));
        }
        assert_eq!(serde_json::from_str::<NotificationKind>("\"duel\"").unwrap(), NotificationKind::Unknown);
    }
}
