use super::{
    Action, Context, Refusal, bad_request,
    circle::{approach, as_it_is, befriend, contact, contact_key, invitation_as_it_is, pending},
};
use crate::{
    authority::Act,
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    error::ApiError,
    ids::InvitationId,
    limits,
    mutations::RequestFriend,
    rows::{InvitationKind, InvitationRow, InvitationStatus, Person},
    stream::StreamId,
};

/// Asks somebody to become a contact. Who has blocked the actor is not told, and the actor sees no difference: it stays unanswered.
impl Action for RequestFriend {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, them) = (context.actor, self.to);
        if me == them || self.id != InvitationId::friend(me, them) {
            return Err(bad_request("This is not what one of these two people asks the other. Update Hearth and try again.").into());
        }
        let content = checked(&self.note)?;
        let receiver = approach(view, context, Act::RequestFriend, them).await?;
        let Some(sender) = view.person(me).await? else { return Err(ApiError::not_found().into()) };
        if contact(view, me, them).await?.is_some_and(|row| row.ended_at.is_none()) {
            return Ok(as_it_is(context, contact_key(them)));
        }
        let room = view.circle(me).await?.contacts.len() < limits::CONTACTS_MAX;
        if !room {
            return Err(bad_request("You have 5,000 contacts, and that is as many as there can be. Remove one first.").into());
        }
        if pending(view, me, InvitationId::friend(them, me)).await?.is_some() {
            return Ok(befriend(view, context.now, sender, receiver).await?.into());
        }
        let changes = ask(view, context, self.id, (sender, receiver), content).await?;
        Ok(if changes.is_empty() { invitation_as_it_is(context, self.id) } else { changes.into() })
    }
}

/// The copies that are not pending yet: the sender's, and the receiver's unless they have blocked the sender.
async fn ask(
    view: &mut View<'_>,
    context: &Context,
    id: InvitationId,
    (sender, receiver): (Person, Person),
    content: String,
) -> Result<Vec<Change>, Refusal> {
    let (me, them) = (sender.user, receiver.user);
    let reaches = !view.blocked(them).await?.contains(&me);
    let (mine, theirs) = (pending(view, me, id).await?, pending(view, them, id).await?);
    if mine.is_none() && view.circle(me).await?.asked.len() >= limits::REQUESTS_PENDING_MAX {
        return Err(bad_request("100 people have not answered you yet. Take one of your requests back first.").into());
    }
    let row = mine.clone().unwrap_or(InvitationRow {
        id,
        kind: InvitationKind::Friend,
        sender,
        receiver,
        content,
        status: InvitationStatus::Pending,
        created_at: context.now,
        answered_at: None,
    });
    let copies = [(me, mine.is_none()), (them, theirs.is_none() && reaches)];
    let missing = copies.into_iter().filter(|(_, missing)| *missing);
    Ok(missing.map(|(of, _)| Change::new(StreamId::User(of), Record::Invitation(row.clone()))).collect())
}

/// A note as it is kept.
fn checked(note: &str) -> Result<String, ApiError> {
    let note = note.trim();
    if note.chars().count() > limits::NOTE_CHARS_MAX || note.chars().any(|c| c.is_control() && c != '\n') {
        return Err(bad_request("A note has at most 300 characters, and no control characters."));
    }
    Ok(note.to_owned())
}
