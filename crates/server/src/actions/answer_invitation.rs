use super::{
    Action, Context, Refusal, bad_request,
    circle::{befriend, close, invitation, invitation_as_it_is},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{
    error::ApiError,
    limits,
    mutations::AnswerInvitation,
    rows::{InvitationKind, InvitationStatus},
};

/// Answers an invitation. Answered twice, or after it was taken back, it stays as it is.
impl Action for AnswerInvitation {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let Some(row) = invitation(view, context.actor, self.id).await? else { return Err(ApiError::not_found().into()) };
        let (sender, receiver) = (row.sender.user, row.receiver.user);
        authorize(context.actor, Act::AnswerInvitation, Object::Invitation { sender, receiver })?;
        if row.status != InvitationStatus::Pending {
            return Ok(invitation_as_it_is(context, self.id));
        }
        match (row.kind, self.accept) {
            (InvitationKind::Unknown, _) => {
                Err(bad_request("This server does not know what is asked there. Ask its owner to update it.").into())
            }
            (InvitationKind::Friend, false) => {
                Ok(close(view, context.now, self.id, InvitationStatus::Rejected, &[receiver, sender]).await?.into())
            }
            (InvitationKind::Friend, true) => {
                for user in [receiver, sender] {
                    if view.circle(user).await?.contacts.len() >= limits::CONTACTS_MAX {
                        return Err(bad_request("One of you has 5,000 contacts, and that is as many as there can be.").into());
                    }
                }
                Ok(befriend(view, context.now, row.receiver, row.sender).await?.into())
            }
        }
    }
}
