//! Whom a message is for: those whom it names, and whom it answers. Each of them is told of it on their own stream.

use super::{Context, Refusal, look_up::key, threads::follow};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Change},
    store::{message::Message, rows::Record},
};
use hearth_protocol::{
    Pos,
    body::Body,
    ids::{ConversationId, NotificationId, UserId},
    limits,
    rows::{ConversationKind, MessageRow, NotificationKind, NotificationRow, RowData},
    stream::StreamId,
};
use std::collections::{BTreeMap, BTreeSet};

/// A message as it is from here on, where it was `before`, and what that is for people: whom it names anew is told, and whom it names no
/// more has nothing to be told of.
pub(super) async fn said(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    before: Option<&MessageRow>,
    message: Message,
) -> Result<Vec<Change>, Refusal> {
    let answered = answered(view, conversation, before, &message.row).await?;
    let (was, is) = (people(view, conversation, before, answered).await?, people(view, conversation, Some(&message.row), answered).await?);
    let new = is.iter().filter(|(user, _)| !was.contains_key(user)).map(|(user, kind)| (*user, *kind));
    let told = told(view, conversation, before.map(|row| row.pos), &message.row, new.collect()).await?;
    let (id, pos, sender) = (NotificationId(message.row.id.0), message.row.pos, message.row.sender);
    let thread_root = message.row.thread_root.filter(|_| message.row.is_aside());
    let following = follow(view, context, conversation, (&message.row, before.is_none()), told.iter().map(|(user, _)| *user)).await?;
    // First: it has its place before they are told of that.
    let mut changes = vec![Change::new(StreamId::Conversation(conversation), Record::Message(message))];
    for (user, kind) in told {
        let row = NotificationRow {
            conversation: Some(conversation),
            pos: Some(pos),
            thread_root,
            sender: Some(sender),
            ..NotificationRow::new(id, kind, context.now)
        };
        changes.push(Change::new(StreamId::User(user), Record::Notification(row)));
    }
    changes.extend(following);
    let over: BTreeSet<UserId> = was.into_keys().filter(|user| !is.contains_key(user)).collect();
    if !over.is_empty() {
        let waiting = view.told_of(id).await?.into_iter().filter(|(user, _)| over.contains(user));
        let end = |row| Record::Notification(NotificationRow { read_at: Some(context.now), ..row });
        changes.extend(waiting.map(|(user, row)| Change::new(StreamId::User(user), end(row))));
    }
    Ok(changes)
}

/// Who wrote what it answers, or did before it was deleted. Nobody where that is removed by now: what they were told of ends as they read on.
async fn answered(
    view: &mut View<'_>,
    conversation: ConversationId,
    before: Option<&MessageRow>,
    now: &MessageRow,
) -> Result<Option<UserId>, Refusal> {
    let Some(original) = now.reply_to.or_else(|| before?.reply_to) else { return Ok(None) };
    match view.row(StreamId::Conversation(conversation), key(original)).await?.map(|row| row.data) {
        Some(RowData::Message(row)) => Ok(Some(row.sender)),
        _ => Ok(None),
    }
}

/// Whom a message is for, and as what. Whoever is answered is told that, also where the text names them: they are told once.
///
/// Everyone is whoever is or was there, as a person who is named stays it when they leave: so an edit that names everyone still tells nobody
/// anew, and one that does not takes it back from all of them.
async fn people(
    view: &mut View<'_>,
    conversation: ConversationId,
    message: Option<&MessageRow>,
    answered: Option<UserId>,
) -> Result<BTreeMap<UserId, NotificationKind>, Refusal> {
    let Some(message) = message else { return Ok(BTreeMap::new()) };
    let mut named: BTreeSet<UserId> = message.body.iter().flat_map(Body::mentions).collect();
    if message.body.as_ref().is_some_and(Body::names_everyone) {
        named.extend(view.everybody(conversation).await?);
    }
    let mut people: BTreeMap<_, _> = named.into_iter().map(|user| (user, NotificationKind::Mention)).collect();
    people.extend(answered.filter(|_| message.reply_to.is_some()).map(|user| (user, NotificationKind::Reply)));
    Ok(people)
}

/// Whether the actor may call everyone there, if the text does and did not before: what was allowed once may stay.
pub(super) async fn may_call(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    (before, body): (Option<&Body>, &Body),
) -> Result<(), Refusal> {
    if !body.names_everyone() || before.is_some_and(Body::names_everyone) {
        return Ok(());
    }
    let role = view.seat(conversation, context.actor).await?.map(|seat| seat.role);
    let direct = view.conversation(conversation).await?.is_some_and(|facts| facts.kind == ConversationKind::Direct);
    let mut there = 0;
    for user in view.everybody(conversation).await? {
        there += usize::from(view.seat(conversation, user).await?.is_some());
    }
    let many = there > limits::EVERYONE_MEMBERS_MAX;
    Ok(authorize(context.actor, Act::NameEveryone, Object::Crowd { role, direct, many })?)
}

/// Of these people those who can read it there, have not blocked its author and, if they are named, are so where it can be seen. Of what is
/// said to somebody alone they know. What is said now all see who are there; what has its `place` already, not those who came later and see
/// nothing of the time before.
async fn told(
    view: &mut View<'_>,
    conversation: ConversationId,
    place: Option<Pos>,
    message: &MessageRow,
    mut people: Vec<(UserId, NotificationKind)>,
) -> Result<Vec<(UserId, NotificationKind)>, Refusal> {
    people.retain(|(user, _)| *user != message.sender);
    if people.is_empty() || view.conversation(conversation).await?.is_none_or(|facts| facts.kind == ConversationKind::Direct) {
        return Ok(vec![]);
    }
    let text = message.body.as_ref().and_then(Body::searchable).unwrap_or_default().to_lowercase();
    let called = message.body.as_ref().is_some_and(Body::names_everyone) && text.contains("@everyone");
    let mut told = Vec::new();
    for (user, kind) in people {
        if let Some(seat) = view.seat(conversation, user).await?
            && place.is_none_or(|place| seat.windows.contains(place))
            && let Some(person) = view.person(user).await?
            && (kind == NotificationKind::Reply || called || text.contains(&format!("@{}", person.username.to_lowercase())))
            && !view.blocked(user).await?.contains(&message.sender)
        {
            told.push((user, kind));
        }
    }
    Ok(told)
}
