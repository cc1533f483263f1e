//! What the system is to show or to take away: what it is about, without words. The rules decide ([`crate::rules`]), the shell finds the words.

use crate::{client::people::full_name, view::NotifyLevel};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    rows::{ConversationKind, InvitationRow},
};
use hearth_replica::ToldOf;

/// What the shell does with the system's notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Shows, or replaces the one of the same conversation.
    Show(Said),
    /// Takes it away: the conversation was read here or elsewhere, or what it said is deleted.
    Withdraw { conversation: ConversationId },
    /// One for everything that came while away; `only` where that is of one conversation.
    Summary { unread: u32, conversations: u32, only: Option<ConversationId> },
    /// Something that stands in the inbox, or replaces what came of that before.
    Inbox(Asked),
}

/// A message that somebody else wrote. Texts are plain: the shell escapes them where markup is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub sender: String,
    pub place: Place,
    /// Unread messages there of which its reader is told, this one included.
    pub unread: u32,
    /// `None` where it is not to be shown.
    pub text: Option<String>,
}

/// Where somebody says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Direct,
    Group(String),
    Channel(String),
}

impl Place {
    pub fn new(kind: ConversationKind, name: String) -> Self {
        match kind {
            ConversationKind::Direct => Self::Direct,
            ConversationKind::Group => Self::Group(name),
            ConversationKind::Channel => Self::Channel(name),
        }
    }
}

/// What stands in the inbox; `note` is what somebody wrote to what they ask, where that is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    ToBeContacts {
        name: String,
        note: Option<String>,
    },
    IntoGroup {
        name: String,
        group: String,
        note: Option<String>,
    },
    IsContact {
        name: String,
    },
    IsInGroup {
        name: String,
        group: String,
    },
    GroupDeleted {
        group: String,
    },
    /// Somebody, if it is still known who, has deleted a conversation for everybody.
    ConversationDeleted {
        conversation: String,
        by: Option<String>,
    },
}

/// What the person is looking at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    pub conversation: Option<ConversationId>,
    /// The root of the thread whose own window is open.
    pub thread: Option<MessageId>,
    /// The window is in front.
    pub focused: bool,
}

impl Focus {
    /// Whether a message of the conversation is before their eyes; an aside of `root` is so in its thread's window alone.
    pub fn is_on(&self, conversation: ConversationId, root: Option<MessageId>) -> bool {
        self.focused && root.map_or(self.conversation == Some(conversation), |root| self.thread == Some(root))
    }
}

fn asked(row: &InvitationRow, level: NotifyLevel) -> Asked {
    let name = full_name(&row.sender);
    let note = Some(row.content.clone()).filter(|note| level == NotifyLevel::Text && !note.is_empty());
    match &row.group {
        Some(group) => Asked::IntoGroup { name, group: group.name.clone(), note },
        None => Asked::ToBeContacts { name, note },
    }
}

/// Of something that stands in the inbox; what is told of where it happened comes with a message.
pub fn told(what: &ToldOf, level: NotifyLevel) -> Option<Notice> {
    Some(Notice::Inbox(match what {
        ToldOf::Asked(row) => asked(row, level),
        ToldOf::Accepted(row) => {
            let name = full_name(&row.receiver);
            match &row.group {
                Some(group) => Asked::IsInGroup { name, group: group.name.clone() },
                None => Asked::IsContact { name },
            }
        }
        ToldOf::GroupDeleted { name, .. } => Asked::GroupDeleted { group: name.clone() },
        ToldOf::ConversationDeleted { name, by, .. } => {
            Asked::ConversationDeleted { conversation: name.clone(), by: by.as_ref().map(full_name) }
        }
        ToldOf::Mention { .. } | ToldOf::Reply { .. } | ToldOf::MissedCall(_) => return None,
    }))
}

/// The one notification after an absence, or `None` when nothing came.
pub fn summary(unread: u32, conversations: &[ConversationId]) -> Option<Notice> {
    let only = if let [only] = conversations { Some(*only) } else { None };
    let conversations = u32::try_from(conversations.len()).unwrap_or(u32::MAX);
    (unread > 0).then_some(Notice::Summary { unread, conversations, only })
}
