use super::{Action, Context, Refusal, group_seat::GroupSeat, threads::end_in_group};
use crate::{
    authority::{Act, Object, authorize},
    commit::{GroupFacts, View, change::Performed},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::UserId,
    mutations::RemoveGroupMember,
    row::RowKey,
    rows::{GroupMemberRow, MemberRole, RowKind},
    stream::StreamId,
};

/// Takes somebody out of a group, or oneself. From then on nothing of it and its channels is told to them.
impl Action for RemoveGroupMember {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (group, me, user) = (self.group, context.actor, self.person);
        let Some(facts) = view.group_of(group, me).await? else { return Err(ApiError::not_found().into()) };
        let (role, leaving) = (facts.member(me).map(|member| member.role), facts.standing(user).cloned());
        let theirs = leaving.as_ref().map(|leaving| leaving.role);
        authorize(me, Act::RemoveGroupMember, Object::Seat { role, of: user, theirs })?;
        let Some(leaving) = leaving else { return Err(ApiError::not_found().into()) };
        if leaving.left {
            let key = RowKey { kind: GroupMemberRow::KIND.into(), id: user.to_string() };
            return Ok(Performed { existing: vec![(StreamId::Group(group), key)], ..Performed::default() });
        }
        if leaving.role == MemberRole::Owner && is_only_owner(facts, user) {
            let message = "You are this group's only owner. Hand it over or delete it first.";
            return Err(ApiError::new(ErrorCode::OnlyOwner, message).into());
        }
        let seat = GroupSeat::of(view, group, user).await?;
        let mut changes = Vec::from(seat.left(context.now, None));
        changes.extend(end_in_group(view, context, group, user).await?);
        Ok(changes.into())
    }
}

fn is_only_owner(facts: &GroupFacts, owner: UserId) -> bool {
    facts.present().all(|(user, member)| user == owner || member.role != MemberRole::Owner)
}
