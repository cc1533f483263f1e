//! The words of a notification: a title and a text.

use crate::words::{t, t_with};
use hearth_client::{
    Notice,
    notice::{Asked, Place, Said},
};

#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub body: String,
}

/// `None` for what shows nothing.
pub fn words(notice: Notice) -> Option<Words> {
    Some(match notice {
        Notice::Withdraw { .. } => return None,
        Notice::Show(said) => message(said),
        Notice::Summary { unread, conversations, .. } => Words {
            title: t_with("notice-summary", [("unread", unread.into())]),
            body: t_with("notice-summary-in", [("conversations", conversations.into())]),
        },
        Notice::Inbox(asked) => inbox(asked),
    })
}

fn message(Said { sender, place, unread, text, .. }: Said) -> Words {
    let from = match place {
        Place::Direct => sender,
        Place::Group(name) => t_with("notice-in-group", [("sender", sender.into()), ("place", name.into())]),
        Place::Channel(name) => t_with("notice-in-channel", [("sender", sender.into()), ("place", name.into())]),
    };
    match text {
        Some(body) if unread > 1 => Words { title: t_with("notice-with-unread", [("from", from.into()), ("unread", unread.into())]), body },
        Some(body) => Words { title: from, body },
        None => Words { title: from, body: t_with("notice-new-messages", [("unread", unread.into())]) },
    }
}

fn inbox(asked: Asked) -> Words {
    let with_note = |what: String, note: Option<String>| match note {
        Some(note) => format!("{what}\n{note}"),
        None => what,
    };
    match asked {
        Asked::ToBeContacts { name, note } => Words { title: name, body: with_note(t("notice-asks-contact"), note) },
        Asked::IntoGroup { name, group, note } => {
            Words { title: name, body: with_note(t_with("notice-asks-group", [("group", group.into())]), note) }
        }
        Asked::IsContact { name } => Words { title: name, body: t("notice-is-contact") },
        Asked::IsInGroup { name, group } => Words { title: name, body: t_with("notice-is-in-group", [("group", group.into())]) },
        Asked::GroupDeleted { group } => Words { title: group, body: t("notice-group-deleted") },
        Asked::ConversationDeleted { conversation, by: Some(by) } => {
            Words { title: conversation, body: t_with("notice-conversation-deleted", [("name", by.into())]) }
        }
        Asked::ConversationDeleted { conversation, by: None } => {
            Words { title: conversation, body: t("notice-conversation-deleted-by-somebody") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearth_protocol::ids::{ConversationId, MessageId};

    fn said(notice: Notice) -> Option<(String, String)> {
        words(notice).map(|Words { title, body }| (title, body))
    }

    fn shown(place: Place, unread: u32, text: Option<&str>) -> Option<(String, String)> {
        let (conversation, message) = (ConversationId::new(), MessageId::new());
        said(Notice::Show(Said { conversation, message, sender: "Alice".into(), place, unread, text: text.map(str::to_owned) }))
    }

    fn is(title: &str, body: &str) -> Option<(String, String)> {
        Some((title.into(), body.into()))
    }

    #[test]
    fn a_message_is_told_by_who_and_where() {
        assert_eq!(shown(Place::Direct, 1, Some("hi")), is("Alice", "hi"));
        assert_eq!(shown(Place::Direct, 3, Some("hi")), is("Alice (3)", "hi"));
        assert_eq!(shown(Place::Group("Walks".into()), 1, None), is("Alice · Walks", "New message"));
        assert_eq!(shown(Place::Channel("walks".into()), 3, None), is("Alice · #walks", "3 new messages"));
    }

    #[test]
    fn an_absence_is_told_in_one() {
        let summary = |unread, conversations| said(Notice::Summary { unread, conversations, only: None });
        assert_eq!(summary(1, 1), is("1 new message", "In one conversation"));
        assert_eq!(summary(7, 2), is("7 new messages", "In 2 conversations"));
        assert_eq!(said(Notice::Withdraw { conversation: ConversationId::new() }), None);
    }

    #[test]
    fn what_stands_in_the_inbox_is_told_by_whom_it_is_about() {
        let (name, group, note) = ("Alice".to_owned(), "Walks".to_owned(), Some("from school".to_owned()));
        for (asked, body) in [
            (Asked::ToBeContacts { name: name.clone(), note: note.clone() }, "Asks to be your contact\nfrom school"),
            (Asked::ToBeContacts { name: name.clone(), note: None }, "Asks to be your contact"),
            (Asked::IntoGroup { name: name.clone(), group: group.clone(), note }, "Invites you to Walks\nfrom school"),
            (Asked::IsContact { name: name.clone() }, "Is your contact now"),
            (Asked::IsInGroup { name, group: group.clone() }, "Is in Walks now"),
        ] {
            assert_eq!(said(Notice::Inbox(asked)), is("Alice", body));
        }
        assert_eq!(said(Notice::Inbox(Asked::GroupDeleted { group })), is("Walks", "Its owner has deleted this group"));
        let deleted =
            |by: Option<&str>| said(Notice::Inbox(Asked::ConversationDeleted { conversation: "Dawn".into(), by: by.map(str::to_owned) }));
        assert_eq!(deleted(Some("Alice")), is("Dawn", "Alice has deleted this conversation"));
        assert_eq!(deleted(None), is("Dawn", "Somebody has deleted this conversation"));
    }
}
