//! Whom a message names: each of them is told of it on their own stream.

use super::{Context, Refusal};
use crate::{
    commit::{View, change::Change},
    store::rows::Record,
};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, NotificationId, UserId},
    row::RowKey,
    rows::{ConversationKind, MessageRow, NotificationKind, NotificationRow, RowData, RowKind},
    stream::StreamId,
};
use std::collections::BTreeSet;

/// What changes for people when a message that said `before` says what it says now: whom it names from here on is told, and whom it names
/// no more has nothing to be told of. It comes after the message's own change, which places it.
pub(super) async fn named(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    before: Option<&Body>,
    now: &MessageRow,
) -> Result<Vec<Change>, Refusal> {
    let people = |body: Option<&Body>| body.into_iter().flat_map(Body::mentions).collect::<BTreeSet<UserId>>();
    let (was, is) = (people(before), people(now.body.as_ref()));
    let mut changes = Vec::new();
    for user in is.difference(&was) {
        if is_told(view, conversation, *user, now).await? {
            let row = NotificationRow {
                conversation: Some(conversation),
                pos: Some(now.pos),
                sender: Some(now.sender),
                ..NotificationRow::new(NotificationId(now.id.0), NotificationKind::Mention, context.now)
            };
            changes.push(Change::new(StreamId::User(*user), Record::Notification(row)));
        }
    }
    for user in was.difference(&is) {
        let stream = StreamId::User(*user);
        let key = RowKey { kind: NotificationRow::KIND.into(), id: now.id.to_string() };
        if let Some(RowData::Notification(row)) = view.row(stream, key).await?.map(|row| row.data)
            && row.read_at.is_none()
        {
            let row = NotificationRow { read_at: Some(context.now), ..row };
            changes.push(Change::new(stream, Record::Notification(row)));
        }
    }
    Ok(changes)
}

/// Whoever can read it there, has not blocked its author and is named where it can be seen. Of what is said to somebody alone they know.
async fn is_told(view: &mut View<'_>, conversation: ConversationId, user: UserId, message: &MessageRow) -> Result<bool, Refusal> {
    let many = view.conversation(conversation).await?.is_some_and(|facts| facts.kind != ConversationKind::Direct);
    if !many || user == message.sender || view.seat(conversation, user).await?.is_none() {
        return Ok(false);
    }
    let Some(person) = view.person(user).await? else { return Ok(false) };
    let said = message.body.as_ref().and_then(Body::searchable).unwrap_or_default().to_lowercase();
    Ok(said.contains(&format!("@{}", person.username.to_lowercase())) && !view.blocked(user).await?.contains(&message.sender))
}
