//! Whom a message names: each of them is told of it on their own stream.

use super::{Context, Refusal};
use crate::{
    commit::{View, change::Change},
    store::{message::Message, rows::Record},
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, NotificationId, UserId},
    row::RowKey,
    rows::{ConversationKind, MessageRow, NotificationKind, NotificationRow, RowData, RowKind},
    stream::StreamId,
};
use std::collections::BTreeSet;

/// A message as it is from here on, where it said `before`, and what that is for people: whom it names anew is told, and whom it names no
/// more has nothing to be told of.
pub(super) async fn said(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    before: Option<&Body>,
    message: Message,
) -> Result<Vec<Change>, Refusal> {
    let people = |body: Option<&Body>| body.into_iter().flat_map(Body::mentions).collect::<BTreeSet<UserId>>();
    let (was, is) = (people(before), people(message.row.body.as_ref()));
    let told = told(view, conversation, &message.row, is.difference(&was)).await?;
    let (id, pos, sender) = (NotificationId(message.row.id.0), message.row.pos, message.row.sender);
    // First: it has its place before they are told of that.
    let mut changes = vec![Change::new(StreamId::Conversation(conversation), Record::Message(message))];
    for user in told {
        let row = NotificationRow {
            conversation: Some(conversation),
            pos: Some(pos),
            sender: Some(sender),
            ..NotificationRow::new(id, NotificationKind::Mention, context.now)
        };
        changes.push(Change::new(StreamId::User(user), Record::Notification(row)));
    }
    for user in was.difference(&is) {
        let stream = StreamId::User(*user);
        let key = RowKey { kind: NotificationRow::KIND.into(), id: id.to_string() };
        if let Some(RowData::Notification(row)) = view.row(stream, key).await?.map(|row| row.data)
            && row.read_at.is_none()
        {
            let row = NotificationRow { read_at: Some(context.now), ..row };
            changes.push(Change::new(stream, Record::Notification(row)));
        }
    }
    Ok(changes)
}

/// Of these people those who can read it there, have not blocked its author and are named where it can be seen. Of what is said to somebody
/// alone they know.
async fn told(
    view: &mut View<'_>,
    conversation: ConversationId,
    message: &MessageRow,
    people: impl Iterator<Item = &UserId>,
) -> Result<Vec<UserId>, Refusal> {
    let mut people = people.copied().filter(|user| *user != message.sender).peekable();
    if people.peek().is_none() || view.conversation(conversation).await?.is_none_or(|facts| facts.kind == ConversationKind::Direct) {
        return Ok(vec![]);
    }
    let text = message.body.as_ref().and_then(Body::searchable).unwrap_or_default().to_lowercase();
    let mut told = Vec::new();
    for user in people {
        if view.seat(conversation, user).await?.is_some()
            && let Some(person) = view.person(user).await?
            && text.contains(&format!("@{}", person.username.to_lowercase()))
            && !view.blocked(user).await?.contains(&message.sender)
        {
            told.push(user);
        }
    }
    Ok(told)
}
