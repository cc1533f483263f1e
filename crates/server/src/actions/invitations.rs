//! What the actions about invitations share: the copies of both, who gets one, and how they end.

use super::{Context, Refusal, bad_request, circle::as_it_is};
use crate::{
    commit::{
        View,
        change::{Change, Performed},
    },
    store::{invitation::Pending, rows::Record},
};
use hearth_protocol::{
    Millis,
    error::ApiError,
    ids::{GroupId, InvitationId, NotificationId, UserId},
    limits,
    row::{Row, RowKey},
    rows::{InvitationRow, InvitationStatus, NotificationKind, NotificationRow, RowData, RowKind},
    stream::StreamId,
};
use std::collections::BTreeSet;

fn invitation_key(id: InvitationId) -> RowKey {
    RowKey { kind: InvitationRow::KIND.into(), id: id.to_string() }
}

/// Somebody's copy of an invitation.
pub(super) async fn invitation(view: &mut View<'_>, of: UserId, id: InvitationId) -> Result<Option<InvitationRow>, Refusal> {
    match view.row(StreamId::User(of), invitation_key(id)).await? {
        Some(Row { data: RowData::Invitation(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// The same as long as nobody has answered it there.
pub(super) async fn pending(view: &mut View<'_>, of: UserId, id: InvitationId) -> Result<Option<InvitationRow>, Refusal> {
    Ok(invitation(view, of, id).await?.filter(|row| row.status == InvitationStatus::Pending))
}

/// Ends what is pending in the copies of these people.
pub(super) async fn close(
    view: &mut View<'_>,
    now: Millis,
    id: InvitationId,
    status: InvitationStatus,
    copies: &[UserId],
) -> Result<Vec<Change>, Refusal> {
    let mut found = Vec::new();
    for of in copies {
        found.extend(pending(view, *of, id).await?.map(|row| (*of, row)));
    }
    Ok(ended(found.into_iter(), now, status))
}

/// Ends everything that is pending of these.
pub(super) async fn close_all(view: &mut View<'_>, now: Millis, which: Pending, status: InvitationStatus) -> Result<Vec<Change>, Refusal> {
    Ok(ended(view.pending_invitations(which).await?.into_iter(), now, status))
}

/// The copies as they end. Who asked is told of a yes; a no they see where they asked.
fn ended(copies: impl Iterator<Item = (UserId, InvitationRow)>, now: Millis, status: InvitationStatus) -> Vec<Change> {
    let end = |(of, row): (UserId, InvitationRow)| {
        let kind = if row.group.is_some() { NotificationKind::InvitationAccepted } else { NotificationKind::RequestAccepted };
        let yes = NotificationRow::new(NotificationId(row.id.0), kind, now);
        let told = of == row.sender.user && status == InvitationStatus::Accepted;
        let told = told.then(|| Change::new(StreamId::User(of), Record::Notification(yes)));
        copy(of, InvitationRow { status, answered_at: Some(now), ..row }).chain(told)
    };
    copies.flat_map(end).collect()
}

/// Somebody blocks somebody: what they ask is taken back, and what they are asked is declined in their own copy alone.
pub(super) async fn close_between(view: &mut View<'_>, now: Millis, (me, them): (UserId, UserId)) -> Result<Vec<Change>, Refusal> {
    let mut changes = close_all(view, now, Pending::IntoGroups(me, them), InvitationStatus::Withdrawn).await?;
    let theirs = close_all(view, now, Pending::IntoGroups(them, me), InvitationStatus::Rejected).await?;
    changes.extend(theirs.into_iter().filter(|change| change.stream == StreamId::User(me)));
    Ok(changes)
}

/// These people are in a group now: nobody has to ask them any more. The actor is not told of what they have done themselves.
pub(super) async fn arrived(
    view: &mut View<'_>,
    context: &Context,
    group: GroupId,
    people: &BTreeSet<UserId>,
) -> Result<Vec<Change>, Refusal> {
    let mine = |change: &Change| {
        let new = matches!(&change.record, Record::Notification(row) if row.read_at.is_none());
        new && change.stream == StreamId::User(context.actor)
    };
    let which = match people.first() {
        Some(only) if people.len() == 1 => Pending::IntoFor(group, *only),
        _ => Pending::Into(group),
    };
    let pending = view.pending_invitations(which).await?.into_iter().filter(|(_, row)| people.contains(&row.receiver.user));
    Ok(ended(pending, context.now, InvitationStatus::Accepted).into_iter().filter(|change| !mine(change)).collect())
}

/// A copy as it is from here on, and for its receiver what tells them of it: once it has ended there is nothing to tell any more.
pub(super) fn copy(of: UserId, row: InvitationRow) -> impl Iterator<Item = Change> {
    let stream = StreamId::User(of);
    let kind = if row.group.is_some() { NotificationKind::GroupInvitation } else { NotificationKind::FriendRequest };
    let notification = NotificationRow { read_at: row.answered_at, ..NotificationRow::new(NotificationId(row.id.0), kind, row.created_at) };
    let told = (of == row.receiver.user).then(|| Change::new(stream, Record::Notification(notification)));
    [Some(Change::new(stream, Record::Invitation(row))), told].into_iter().flatten()
}

/// Asks: in the copies that are not pending yet, the sender's, and the receiver's unless they have blocked the sender. `most` is how many
/// of this kind one may wait for, and `too_many` what is said to who waits for more.
pub(super) async fn ask(
    view: &mut View<'_>,
    context: &Context,
    row: InvitationRow,
    (most, too_many): (usize, &str),
) -> Result<Performed, Refusal> {
    let (me, them, id) = (row.sender.user, row.receiver.user, row.id);
    let reaches = !view.blocked(them).await?.contains(&me);
    let (mine, theirs) = (pending(view, me, id).await?, pending(view, them, id).await?);
    if mine.is_none() && view.asked(me, row.kind).await?.len() >= most {
        return Err(bad_request(too_many).into());
    }
    let copies = [(me, mine.is_none()), (them, theirs.is_none() && reaches)];
    let row = mine.unwrap_or(row);
    let missing = copies.into_iter().filter(|(_, missing)| *missing);
    let changes: Vec<Change> = missing.flat_map(|(of, _)| copy(of, row.clone())).collect();
    Ok(if changes.is_empty() { invitation_as_it_is(context, id) } else { changes.into() })
}

/// A note as it is kept.
pub(super) fn checked(note: &str) -> Result<String, ApiError> {
    let note = note.trim();
    if note.chars().count() > limits::NOTE_CHARS_MAX || note.chars().any(|c| c.is_control() && c != '\n') {
        return Err(bad_request("A note has at most 300 characters, and no control characters."));
    }
    Ok(note.to_owned())
}

/// An invitation that is as it is wanted already.
pub(super) fn invitation_as_it_is(context: &Context, id: InvitationId) -> Performed {
    as_it_is(context, invitation_key(id))
}
