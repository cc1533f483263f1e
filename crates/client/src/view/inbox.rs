//! What I am told of.

use super::{AskedView, PersonView};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, MessageId, NotificationId},
    rows::InvitationStatus,
};
use serde::Serialize;
use ts_rs::TS;

/// Something that I am told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InboxItem {
    pub id: NotificationId,
    #[ts(type = "number")]
    pub at: Millis,
    pub read: bool,
    pub what: InboxWhat,
}

/// What an entry of the inbox is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum InboxWhat {
    FriendRequest {
        asked: AskedView,
        /// What became of it, my own answer on its way included.
        #[ts(type = "'pending' | 'accepted' | 'rejected' | 'withdrawn' | 'unknown'")]
        status: InvitationStatus,
    },
    GroupInvitation {
        asked: AskedView,
        /// The group's name when it was made.
        group_name: String,
        #[ts(type = "'pending' | 'accepted' | 'rejected' | 'withdrawn' | 'unknown'")]
        status: InvitationStatus,
    },
    /// Whom I asked is a contact of mine now.
    RequestAccepted {
        person: PersonView,
    },
    /// Whom I invited is in the group now.
    InvitationAccepted {
        person: PersonView,
        group: GroupId,
        /// The group's name when it was made.
        group_name: String,
    },
    /// Its owner has deleted a group that I was in.
    GroupDeleted {
        group: GroupId,
        /// Its name then.
        name: String,
    },
    /// Somebody has deleted a conversation that I saw.
    ConversationDeleted {
        conversation: ConversationId,
        /// Its name then.
        name: String,
        /// `None` while nothing told their name.
        person: Option<PersonView>,
    },
    /// Somebody names me.
    Mention {
        conversation: ConversationId,
        name: String,
        message: MessageId,
        /// `None` while nothing told their name.
        person: Option<PersonView>,
        /// Plain words; empty while the message is not on this computer.
        text: String,
    },
    /// Somebody answers a message of mine.
    Reply {
        conversation: ConversationId,
        name: String,
        message: MessageId,
        /// `None` while nothing told their name.
        person: Option<PersonView>,
        /// Plain words; empty while the message is not on this computer.
        text: String,
    },
    MissedCall {
        conversation: ConversationId,
        name: String,
    },
}
