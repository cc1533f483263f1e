//! Who is told of what: the client decides, the shell only shows.

use crate::{client::people::full_name, view::NotifyLevel};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
    rows::{ConversationKind, InvitationRow, NotificationLevel},
};
use hearth_replica::{ConversationItem, ToldOf};

/// What the shell does with the system's notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Shows, or replaces the one of the same conversation. Texts are plain: the shell escapes them where markup is understood.
    Show { conversation: ConversationId, message: Option<MessageId>, title: String, body: String },
    /// Takes it away: the conversation was read here or elsewhere.
    Withdraw { conversation: ConversationId },
    /// One for everything that came while away.
    Summary { title: String, body: String, conversation: Option<ConversationId> },
    /// Something that stands in the inbox, or replaces what came of that before.
    Inbox { title: String, body: String },
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

/// The words of a notification, or `None` when the person is not to be told.
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
        NotifyLevel::Sender if candidate.unread > 1 => (from, format!("{} new messages", candidate.unread)),
        NotifyLevel::Sender => (from, "New message".to_owned()),
        NotifyLevel::Text if candidate.unread > 1 => (format!("{from} ({})", candidate.unread), candidate.text.clone()),
        NotifyLevel::Text => (from, candidate.text.clone()),
    };
    Some(Notice::Show { conversation: candidate.conversation, message: Some(candidate.message), title, body })
}

/// What somebody asks, in words: who, and at the fullest level what they wrote to it.
fn asked(row: &InvitationRow, level: NotifyLevel) -> Notice {
    let what = match &row.group {
        Some(group) => format!("Invites you to {}", group.name),
        None => "Asks to be your contact".to_owned(),
    };
    let body = if level == NotifyLevel::Text && !row.content.is_empty() { format!("{what}\n{}", row.content) } else { what };
    Notice::Inbox { title: full_name(&row.sender), body }
}

/// Something that stands in the inbox, in words. Whoever is not to be told of messages is not told of this either; what is told of where it
/// happened comes with a message.
pub fn told(what: &ToldOf, level: NotifyLevel) -> Option<Notice> {
    let (title, body) = match what {
        _ if level == NotifyLevel::Nothing => return None,
        ToldOf::Asked(row) => return Some(asked(row, level)),
        ToldOf::Accepted(row) => {
            let body = row.group.as_ref().map_or_else(|| "Is your contact now".to_owned(), |group| format!("Is in {} now", group.name));
            (full_name(&row.receiver), body)
        }
        ToldOf::GroupDeleted { name, .. } => (name.clone(), "Its owner has deleted this group".to_owned()),
        ToldOf::ConversationDeleted { name, by, .. } => {
            let by = by.as_ref().map_or_else(|| "Somebody".to_owned(), full_name);
            (name.clone(), format!("{by} has deleted this conversation"))
        }
        ToldOf::Mention { .. } | ToldOf::Reply { .. } | ToldOf::MissedCall(_) => return None,
    };
    Some(Notice::Inbox { title, body })
}

/// The one notification after an absence, or `None` when nothing came.
pub fn summary(unread: u32, conversations: usize, only: Option<ConversationId>, level: NotifyLevel) -> Option<Notice> {
    if unread == 0 || level == NotifyLevel::Nothing {
        return None;
    }
    let messages = if unread == 1 { "1 new message".to_owned() } else { format!("{unread} new messages") };
    let body = if conversations == 1 { "In one conversation".to_owned() } else { format!("In {conversations} conversations") };
    Some(Notice::Summary { title: messages, body, conversation: only })
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
        assert_eq!(shown(1, NotifyLevel::Text), Some(("Alice".into(), "hi".into())));
        assert_eq!(shown(3, NotifyLevel::Text), Some(("Alice (3)".into(), "hi".into())));
        assert_eq!(shown(1, NotifyLevel::Sender), Some(("Alice".into(), "New message".into())));
        assert_eq!(shown(1, NotifyLevel::Nothing), None);
        assert_eq!(shown(0, NotifyLevel::Text), None);
    }
}
