//! What notifications say of what the client has decided to tell.

use crate::words::{t, t_with};
use hearth_client::notice::{Body, InboxEvent};

pub fn body(body: Body) -> String {
    match body {
        Body::Text(text) => text,
        Body::New(count) => new_messages(count),
    }
}

pub fn new_messages(count: u32) -> String {
    t_with("notify-new-messages", [("count", count.into())])
}

pub fn in_conversations(count: usize) -> String {
    t_with("notify-in-conversations", [("count", count.into())])
}

/// What happened, and below it what somebody wrote to it.
pub fn inbox(event: InboxEvent, note: Option<String>) -> String {
    let what = match event {
        InboxEvent::AsksContact => t("notify-asks-contact"),
        InboxEvent::IsContact => t("notify-is-contact"),
        InboxEvent::Invites(group) => t_with("notify-invites", [("group", group.into())]),
        InboxEvent::IsIn(group) => t_with("notify-is-in", [("group", group.into())]),
        InboxEvent::GroupDeleted => t("notify-group-deleted"),
    };
    note.map_or_else(|| what.clone(), |note| format!("{what}\n{note}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_said_before_what_was_written() {
        assert_eq!(inbox(InboxEvent::AsksContact, Some("from school".into())), "Asks to be your contact\nfrom school");
        assert_eq!(inbox(InboxEvent::Invites("Night walks".into()), None), "Invites you to Night walks");
        assert_eq!([1, 2].map(|count| body(Body::New(count))), ["New message", "2 new messages"]);
        assert_eq!([1, 3].map(in_conversations), ["In one conversation", "In 3 conversations"]);
    }
}
