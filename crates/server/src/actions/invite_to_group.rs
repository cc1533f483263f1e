use super::{
    Action, Context, Refusal, bad_request,
    circle::approach,
    invitations::{ask, checked},
};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{
    error::ApiError,
    ids::InvitationId,
    limits,
    mutations::InviteToGroup,
    row::RowKey,
    rows::{GroupMemberRow, GroupRow, InvitationKind, InvitationRow, InvitationStatus, InvitedTo, RowData, RowKind},
    stream::StreamId,
};

/// Asks somebody into a group. As with friends, who has blocked the actor is not told.
impl Action for InviteToGroup {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (me, them, group) = (context.actor, self.to, self.group);
        let role = view.group_member(group, me).await?.map(|member| member.role);
        authorize(me, Act::InviteToGroup, Object::Place { role })?;
        if me == them || self.id != InvitationId::group(group, me, them) {
            return Err(bad_request("This is not what one of these two people asks the other. Update Hearth and try again.").into());
        }
        let content = checked(&self.note)?;
        let receiver = approach(view, context, Act::InviteToGroup, them).await?;
        let stream = StreamId::Group(group);
        if view.group_member(group, them).await?.is_some() {
            let key = RowKey { kind: GroupMemberRow::KIND.into(), id: them.to_string() };
            return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
        }
        let face = view.row(stream, RowKey { kind: GroupRow::KIND.into(), id: String::new() }).await?;
        let (Some(sender), Some(RowData::Group(face))) = (view.person(me).await?, face.map(|row| row.data)) else {
            return Err(ApiError::not_found().into());
        };
        let row = InvitationRow {
            id: self.id,
            kind: InvitationKind::Group,
            sender,
            receiver,
            group: Some(InvitedTo { id: group, name: face.name }),
            content,
            status: InvitationStatus::Pending,
            created_at: context.now,
            answered_at: None,
        };
        let too_many = "1,000 people have not answered your invitations yet. Take some of them back first.";
        ask(view, context, row, (limits::INVITATIONS_PENDING_MAX, too_many)).await
    }
}
