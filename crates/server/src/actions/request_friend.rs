use super::{
    Action, Context, Refusal, bad_request,
    circle::{approach, as_it_is, befriend, contact, contact_key},
    invitations::{ask, checked, pending},
};
use crate::{
    authority::Act,
    commit::{View, change::Performed},
};
use hearth_protocol::{
    error::ApiError,
    ids::InvitationId,
    limits,
    mutations::RequestFriend,
    rows::{InvitationKind, InvitationRow, InvitationStatus},
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
        let room = view.contacts(me).await?.len() < limits::CONTACTS_MAX;
        if !room {
            return Err(bad_request("You have 5,000 contacts, and that is as many as there can be. Remove one first.").into());
        }
        if pending(view, me, InvitationId::friend(them, me)).await?.is_some() {
            return Ok(befriend(view, context.now, sender, receiver).await?.into());
        }
        let row = InvitationRow {
            id: self.id,
            kind: InvitationKind::Friend,
            sender,
            receiver,
            group: None,
            content,
            status: InvitationStatus::Pending,
            created_at: context.now,
            answered_at: None,
        };
        let too_many = "100 people have not answered you yet. Take one of your requests back first.";
        ask(view, context, row, (limits::REQUESTS_PENDING_MAX, too_many)).await
    }
}
