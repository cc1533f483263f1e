//! Who is told of what: the client decides, the shell only shows.

use crate::{client::people::full_name, view::NotifyLevel};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
    rows::{ConversationKind, NotificationLevel},
};
use hearth_replica::{ConversationItem, ToldOf};

/// What the shell does with the system's notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Shows, or replaces the one of the same conversation. Texts are plain: the shell escapes them where markup is understood.
    Show { conversation: ConversationId, message: Option<MessageId>, title: String, body: Body },
    /// Takes it away: the conversation was read here or elsewhere.
    Withdraw { conversation: ConversationId },
    /// One for everything that came while away; `conversation` where it all came in one.
    Summary { messages: u32, conversations: usize, conversation: Option<ConversationId> },
    /// Something that stands in the inbox, or replaces what came of that before. `note` is what somebody wrote to it.
    Inbox { title: String, event: InboxEvent, note: Option<String> },
}

/// What of messages is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// What the newest one says.
    Text(String),
    /// How many there are; the shell has the words.
    New(u32),
}

/// What happened; the shell has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboxEvent {
    /// They ask to be a contact, or have become one.
    AsksContact,
    IsContact,
    /// By its name: they invite into the group, or have come into it.
    Invites(String),
    IsIn(String),
    /// Its owner has.
    GroupDeleted,
}

/// What the person is looking at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    pub conversation: Option<ConversationId>,
    /// The window is in front.
    pub focused: bool,
}

impl Focus {
    pub fn is_on(&self, conversation: ConversationId) -> bool {
        self.focused && self.conversation == Some(conversation)
    }
}

/// A message that somebody else wrote, as a notification needs it.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub conversation: ConversationId,
    pub conversation_name: String,
    pub kind: ConversationKind,
    pub message: MessageId,
    pub sender: String,
    /// Plain words.
    pub text: String,
    /// Unread messages of that conversation that count at its level, this one included.
    pub unread: u32,
}

/// Of what in a conversation its person is told at `now`, by how they have it.
pub fn level(line: &ConversationItem, now: Millis) -> NotificationLevel {
    if line.muted_until.is_some_and(|until| now < until) { NotificationLevel::Nothing } else { line.level }
}

/// How many of a conversation's unread messages count at this level.
pub fn counted(line: &ConversationItem, level: NotificationLevel) -> u32 {
    match level {
        NotificationLevel::All | NotificationLevel::Unknown => line.unread,
        NotificationLevel::Mentions => line.mentions,
        NotificationLevel::Nothing => 0,
    }
}

/// What a notification says, or `None` when the person is not to be told.
pub fn decide(candidate: &Candidate, level: NotifyLevel, focus: Focus) -> Option<Notice> {
    if focus.is_on(candidate.conversation) || candidate.unread == 0 {
        return None;
    }
    let from = match candidate.kind {
        ConversationKind::Direct => candidate.sender.clone(),
        ConversationKind::Group => format!("{} · {}", candidate.sender, candidate.conversation_name),
        ConversationKind::Channel => format!("{} · #{}", candidate.sender, candidate.conversation_name),
    };
    let (title, body) = match level {
        NotifyLevel::Nothing => return None,
        NotifyLevel::Sender => (from, Body::New(candidate.unread)),
        NotifyLevel::Text if candidate.unread > 1 => (format!("{from} ({})", candidate.unread), Body::Text(candidate.text.clone())),
        NotifyLevel::Text => (from, Body::Text(candidate.text.clone())),
    };
    Some(Notice::Show { conversation: candidate.conversation, message: Some(candidate.message), title, body })
}

/// Something that stands in the inbox: who, what, and at the fullest level what they wrote to it. Whoever is not to be told of messages
/// is not told of this either; what is told of where it happened comes with a message.
pub fn told(what: &ToldOf, level: NotifyLevel) -> Option<Notice> {
    let (title, event, note) = match what {
        _ if level == NotifyLevel::Nothing => return None,
        ToldOf::Asked(row) => {
            let event = row.group.as_ref().map_or(InboxEvent::AsksContact, |group| InboxEvent::Invites(group.name.clone()));
            let note = (level == NotifyLevel::Text && !row.content.is_empty()).then(|| row.content.clone());
            (full_name(&row.sender), event, note)
        }
        ToldOf::Accepted(row) => {
            let event = row.group.as_ref().map_or(InboxEvent::IsContact, |group| InboxEvent::IsIn(group.name.clone()));
            (full_name(&row.receiver), event, None)
        }
        ToldOf::GroupDeleted { name, .. } => (name.clone(), InboxEvent::GroupDeleted, None),
        ToldOf::Mention { .. } | ToldOf::Reply { .. } | ToldOf::MissedCall(_) => return None,
    };
    Some(Notice::Inbox { title, event, note })
}

/// The one notification after an absence, or `None` when nothing came.
pub fn summary(unread: u32, conversations: usize, only: Option<ConversationId>, level: NotifyLevel) -> Option<Notice> {
    if unread == 0 || level == NotifyLevel::Nothing {
        return None;
    }
    Some(Notice::Summary { messages: unread, conversations, conversation: only })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(unread: u32) -> Candidate {
        Candidate {
            conversation: ConversationId::new(),
            conversation_name: "Team".into(),
            kind: ConversationKind::Direct,
            message: MessageId::new(),
            sender: "Alice".into(),
            text: "hi".into(),
            unread,
        }
    }

    #[test]
    fn the_open_conversation_of_a_focused_window_stays_quiet() {
        let hello = candidate(1);
        let on = Focus { conversation: Some(hello.conversation), focused: true };
        assert_eq!(decide(&hello, NotifyLevel::Text, on), None);
        assert!(decide(&hello, NotifyLevel::Text, Focus { focused: false, ..on }).is_some());
    }

    #[test]
    fn the_level_decides_what_is_shown() {
        let shown = |unread, level| match decide(&candidate(unread), level, Focus::default()) {
            Some(Notice::Show { title, body, .. }) => Some((title, body)),
            _ => None,
        };
        assert_eq!(shown(1, NotifyLevel::Text), Some(("Alice".into(), Body::Text("hi".into()))));
        assert_eq!(shown(3, NotifyLevel::Text), Some(("Alice (3)".into(), Body::Text("hi".into()))));
        assert_eq!(shown(2, NotifyLevel::Sender), Some(("Alice".into(), Body::New(2))));
        assert_eq!(shown(1, NotifyLevel::Nothing), None);
        assert_eq!(shown(0, NotifyLevel::Text), None);
    }
}
