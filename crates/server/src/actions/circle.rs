//! What the actions about contacts and blocks share: how somebody stands to somebody, and what changes for both.

use super::{Context, Refusal, invitations::close};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    Millis,
    error::ApiError,
    ids::{ConversationId, InvitationId, UserId},
    row::{Row, RowKey},
    rows::{BlockRow, ContactRow, InvitationStatus, Person, RowData, RowKind},
    stream::StreamId,
};

/// Somebody as the actor stands to them, if the actor may do this to them.
///
/// # Errors
/// `not_found` for whom there is not, and for whom one may not approach.
pub(super) async fn approach(view: &mut View<'_>, context: &Context, act: Act, user: UserId) -> Result<Person, Refusal> {
    let me = context.actor;
    let person = view.person(user).await?;
    // Nothing new begins with an account that waits.
    let there = person.is_some()
        && !(matches!(act, Act::TakeIn | Act::RequestFriend | Act::InviteToGroup) && view.server_standing(user).await?.deactivated);
    let (blocked, barred) = (view.blocked(me).await?.contains(&user), view.is_barred(me, user).await?);
    authorize(me, act, Object::Somebody { there, blocked, barred })?;
    Ok(person.ok_or_else(ApiError::not_found)?)
}

/// A conversation in which the actor wants to say something.
pub(super) async fn floor(view: &mut View<'_>, context: &Context, conversation: ConversationId) -> Result<Object, Refusal> {
    let role = view.seat(conversation, context.actor).await?.map(|seat| seat.role);
    let barred = role.is_some() && view.is_barred_in(conversation, context.actor).await?;
    Ok(Object::Floor { role, barred })
}

pub(super) fn contact_key(other: UserId) -> RowKey {
    RowKey { kind: ContactRow::KIND.into(), id: other.to_string() }
}

pub(super) async fn contact(view: &mut View<'_>, of: UserId, other: UserId) -> Result<Option<ContactRow>, Refusal> {
    match view.row(StreamId::User(of), contact_key(other)).await? {
        Some(Row { data: RowData::Contact(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}

pub(super) async fn block(view: &mut View<'_>, of: UserId, other: UserId) -> Result<Option<BlockRow>, Refusal> {
    let key = RowKey { kind: BlockRow::KIND.into(), id: other.to_string() };
    match view.row(StreamId::User(of), key).await? {
        Some(Row { data: RowData::Block(row), .. }) => Ok(Some(row)),
        _ => Ok(None),
    }
}

/// Two people become contacts, and whatever either asks the other is answered by that.
pub(super) async fn befriend(view: &mut View<'_>, now: Millis, one: Person, other: Person) -> Result<Vec<Change>, Refusal> {
    let both = [one.user, other.user];
    let mut changes = Vec::new();
    for id in [InvitationId::friend(one.user, other.user), InvitationId::friend(other.user, one.user)] {
        changes.extend(close(view, now, id, InvitationStatus::Accepted, &both).await?);
    }
    for (of, person) in [(one.user, other.clone()), (other.user, one.clone())] {
        let row = ContactRow { person, since: now, ended_at: None };
        changes.push(Change::new(StreamId::User(of), Record::Contact(row)));
    }
    Ok(changes)
}

/// Two people are contacts no longer.
pub(super) async fn part(view: &mut View<'_>, now: Millis, both: [UserId; 2]) -> Result<Vec<Change>, Refusal> {
    let mut changes = Vec::new();
    for (of, other) in [(both[0], both[1]), (both[1], both[0])] {
        if let Some(row) = contact(view, of, other).await?.filter(|row| row.ended_at.is_none()) {
            changes.push(Change::new(StreamId::User(of), Record::Contact(ContactRow { ended_at: Some(now), ..row })));
        }
    }
    Ok(changes)
}

/// A row of the actor's that is as it is wanted already.
pub(super) fn as_it_is(context: &Context, key: RowKey) -> Performed {
    Performed { existing: vec![(StreamId::User(context.actor), key)], ..Performed::default() }
}
