//! Who follows a thread: whoever says something in it, whoever is told of it, and whose message it is about.

use super::{Context, Refusal};
use crate::{
    commit::{View, change::Change},
    store::{own_mark::OwnMark, rows::Record},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, GroupId, MessageId, UserId},
    row::{Row, RowKey},
    rows::{ConversationKind, MessageRow, RowData, RowKind, ThreadRow},
    stream::StreamId,
};
use std::collections::{BTreeMap, BTreeSet};

/// So many people are looked up one by one; of more, all who stand to the thread are read in one go. A thread that many follow has mostly
/// messages that concern few of them.
const FEW: usize = 8;

pub(super) fn key(root: MessageId) -> RowKey {
    RowKey { kind: ThreadRow::KIND.into(), id: root.to_string() }
}

/// How somebody stands to a thread, also where that is over; `None` for who has never followed it nor left it.
pub(super) async fn ever(view: &mut View<'_>, user: UserId, root: MessageId) -> Result<Option<ThreadRow>, Refusal> {
    match view.row(StreamId::User(user), key(root)).await? {
        Some(Row { data: RowData::Thread(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// The same, as long as it is not over.
pub(super) async fn thread(view: &mut View<'_>, user: UserId, root: MessageId) -> Result<Option<ThreadRow>, Refusal> {
    Ok(ever(view, user, root).await?.filter(|row| row.ended_at.is_none()))
}

/// Ends how somebody who is out of a conversation stands to its threads. Let in again, they begin anew.
pub(super) async fn end_in(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    user: UserId,
) -> Result<Vec<Change>, Refusal> {
    let threads = view.threads_of(user).await?.into_iter().filter(|row| row.conversation == conversation);
    Ok(threads.map(|row| end(context, user, row)).collect())
}

/// The same in all channels of a group that they are out of.
pub(super) async fn end_in_group(view: &mut View<'_>, context: &Context, group: GroupId, user: UserId) -> Result<Vec<Change>, Refusal> {
    let mut changes = vec![];
    for row in view.threads_of(user).await? {
        if view.conversation(row.conversation).await?.and_then(|facts| facts.home).is_some_and(|home| home.group == group) {
            changes.push(end(context, user, row));
        }
    }
    Ok(changes)
}

fn end(context: &Context, user: UserId, row: ThreadRow) -> Change {
    Change::new(StreamId::User(user), Record::Thread(row.ended(context.now)))
}

/// Those who follow a thread from this message of it on. `new`: it is said now, and not edited. Whom it tells are drawn in, even if they
/// have left; so is its author. By new words alone who wrote the root is, and of two people the other one, unless they have left: a thread
/// under one's own message is nobody's duty. Under a root that is kept no longer nobody begins to follow.
pub(super) async fn follow(
    view: &mut View<'_>,
    context: &Context,
    conversation: ConversationId,
    (message, new): (&MessageRow, bool),
    told: impl IntoIterator<Item = UserId>,
) -> Result<Vec<Change>, Refusal> {
    let (Some(root), Some(_)) = (message.thread_root, &message.body) else { return Ok(vec![]) };
    let mut drawn_in: BTreeSet<UserId> = told.into_iter().collect();
    let mut meant = BTreeSet::new();
    if new {
        drawn_in.insert(message.sender);
        meant = concerned(view, conversation, root, message.sender).await?;
    }
    // Everything before it counts as read for who begins to follow.
    let upto = if new { last_pos(view, conversation).await? } else { message.pos.saturating_sub(1) };
    let people: BTreeSet<UserId> = drawn_in.union(&meant).copied().collect();
    let mut there = standing(view, root, &people).await?;
    let retained = view.conversation(conversation).await?.map_or(0, |facts| facts.retained);
    let pos = root_row(view, conversation, root).await?.map(|row| row.pos).filter(|pos| *pos >= retained);
    let mut changes = vec![];
    for user in people {
        let row = match there.remove(&user).filter(|row| row.ended_at.is_none()) {
            None => match pos {
                Some(pos) => ThreadRow { id: root, conversation, pos, read: upto, following: true, at: context.now, ended_at: None },
                None => continue,
            },
            Some(row) if !row.following && drawn_in.contains(&user) => {
                ThreadRow { read: row.read.max(upto), following: true, at: context.now, ..row }
            }
            Some(_) => continue,
        };
        changes.push(Change::new(StreamId::User(user), Record::Thread(row)));
    }
    Ok(changes)
}

/// How these people stand to a thread, as far as they do; with others, maybe.
async fn standing(view: &mut View<'_>, root: MessageId, people: &BTreeSet<UserId>) -> Result<BTreeMap<UserId, ThreadRow>, Refusal> {
    if people.len() > FEW {
        return Ok(view.threads(root).await?);
    }
    let mut there = BTreeMap::new();
    for user in people {
        if let Some(row) = ever(view, *user, root).await? {
            there.insert(*user, row);
        }
    }
    Ok(there)
}

/// Who wrote the root and, of two people, the other one: as far as they can read it there and have not blocked who says something.
async fn concerned(
    view: &mut View<'_>,
    conversation: ConversationId,
    root: MessageId,
    sender: UserId,
) -> Result<BTreeSet<UserId>, Refusal> {
    let mut people = BTreeSet::new();
    if view.conversation(conversation).await?.is_some_and(|facts| facts.kind == ConversationKind::Direct) {
        people.extend(view.everybody(conversation).await?);
    } else {
        people.extend(root_row(view, conversation, root).await?.map(|row| row.sender));
    }
    let mut concerned = BTreeSet::new();
    for user in people {
        if view.seat(conversation, user).await?.is_some() && !view.blocked(user).await?.contains(&sender) {
            concerned.insert(user);
        }
    }
    Ok(concerned)
}

/// The root itself, deleted or not, as long as its place is kept.
async fn root_row(view: &mut View<'_>, conversation: ConversationId, root: MessageId) -> Result<Option<MessageRow>, Refusal> {
    match view.row(StreamId::Conversation(conversation), super::look_up::key(root)).await?.map(|row| row.data) {
        Some(RowData::Message(row)) => Ok(Some(row)),
        _ => Ok(None),
    }
}

pub(super) async fn last_pos(view: &mut View<'_>, conversation: ConversationId) -> Result<Pos, Refusal> {
    Ok(view.conversation(conversation).await?.map_or(0, |facts| facts.last_pos))
}
