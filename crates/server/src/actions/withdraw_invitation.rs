use super::{
    Action, Context, Refusal,
    invitations::{close, invitation, invitation_as_it_is},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{error::ApiError, mutations::WithdrawInvitation, rows::InvitationStatus};

/// Takes an invitation back. One that is answered stays as it is.
impl Action for WithdrawInvitation {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let Some(row) = invitation(view, context.actor, self.id).await? else { return Err(ApiError::not_found().into()) };
        let (sender, receiver) = (row.sender.user, row.receiver.user);
        authorize(context.actor, Act::WithdrawInvitation, Object::Invitation { sender, receiver })?;
        let changes = close(view, context.now, self.id, InvitationStatus::Withdrawn, &[sender, receiver]).await?;
        let open = row.status == InvitationStatus::Pending;
        Ok(if open { changes.into() } else { invitation_as_it_is(context, self.id) })
    }
}
