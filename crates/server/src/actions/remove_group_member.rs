use super::{Action, Context, Refusal};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        GroupFacts, GroupMember, View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::UserId,
    mutations::RemoveGroupMember,
    row::RowKey,
    rows::{GroupMemberRow, GroupMembershipRow, MemberRole, RowKind},
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
            return Ok(Performed { changes: Vec::new(), existing: vec![(StreamId::Group(group), key)] });
        }
        if leaving.role == MemberRole::Owner && is_only_owner(facts, user) {
            let message = "You are this group's only owner. Make somebody else its owner first, then leave.";
            return Err(ApiError::new(ErrorCode::OnlyOwner, message).into());
        }
        let Some(person) = view.person(user).await? else { return Err(ApiError::not_found().into()) };
        let GroupMember { role, joined_at, vis_ver, .. } = leaving;
        let left_at = Some(context.now);
        let membership = GroupMembershipRow { group, role, joined_at, left_at, vis_ver: vis_ver + 1 };
        Ok(vec![
            Change::new(StreamId::Group(group), Record::GroupMember(GroupMemberRow { person, role, joined_at, left_at })),
            Change::new(StreamId::User(user), Record::GroupMembership(membership)),
        ]
        .into())
    }
}

fn is_only_owner(facts: &GroupFacts, owner: UserId) -> bool {
    facts.present().all(|(user, member)| user == owner || member.role != MemberRole::Owner)
}
