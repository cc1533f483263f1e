use super::{
    Action, Context, Refusal, bad_request,
    circle::befriend,
    invitations::{arrived, close, invitation, invitation_as_it_is},
    join::JoinGroup,
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
    mutations::AnswerInvitation,
    rows::{InvitationKind, InvitationRow, InvitationStatus, MemberRole},
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
            (_, false) => Ok(close(view, context.now, self.id, InvitationStatus::Rejected, &[receiver, sender]).await?.into()),
            (InvitationKind::Friend, true) => {
                for user in [receiver, sender] {
                    if view.contacts(user).await?.len() >= limits::CONTACTS_MAX {
                        return Err(bad_request("One of you has 5,000 contacts, and that is as many as there can be.").into());
                    }
                }
                Ok(befriend(view, context.now, row.receiver, row.sender).await?.into())
            }
            (InvitationKind::Group, true) => come_in(view, context, row).await,
        }
    }
}

/// Who was invited comes into the group, if who asked them may still ask: like a link, an invitation is worth what its maker may do.
async fn come_in(view: &mut View<'_>, context: &Context, row: InvitationRow) -> Result<Performed, Refusal> {
    let (sender, user) = (row.sender.user, row.receiver.user);
    let Some(group) = row.group.map(|group| group.id) else { return Err(ApiError::not_found().into()) };
    let role = view.group_member(group, sender).await?.map(|member| member.role);
    if authorize(sender, Act::InviteToGroup, Object::Place { role }).is_err() {
        let message = "This invitation is not good any more: whoever sent it may not invite people now. Ask for another one.";
        return Err(ApiError::new(ErrorCode::NotAllowed, message).into());
    }
    let mut changes = arrived(view, context, group, &[user].into()).await?;
    let Some(facts) = view.group(group).await? else { return Err(ApiError::not_found().into()) };
    let (present, standing) = (facts.present().count(), facts.standing(user).cloned());
    if standing.as_ref().is_none_or(|member| member.left) {
        if present >= limits::GROUP_MEMBERS_MAX {
            return Err(bad_request("A group has at most 10,000 people.").into());
        }
        changes.extend(JoinGroup { group, at: context.now }.changes(row.receiver, MemberRole::Member, standing));
    }
    Ok(changes.into())
}
