use super::{Action, Context, Refusal, bad_request, group_seat::GroupSeat};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{mutations::SetGroupRole, rows::MemberRole};

/// Makes somebody an admin, or a member again. What they may do in the group's channels follows from it.
impl Action for SetGroupRole {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (group, me) = (self.group, context.actor);
        let role = view.group_member(group, me).await?.map(|member| member.role);
        let theirs = view.group_member(group, self.person).await?.map(|member| member.role);
        authorize(me, Act::SetGroupRole, Object::Seat { role, of: self.person, theirs })?;
        if self.role == MemberRole::Owner || theirs == Some(MemberRole::Owner) {
            return Err(bad_request("A group has one owner. Hand it over instead.").into());
        }
        let seat = GroupSeat::of(view, group, self.person).await?;
        if seat.role() == self.role {
            return Ok(Performed { existing: vec![seat.key()], ..Performed::default() });
        }
        Ok(Vec::from(seat.with_role(self.role)).into())
    }
}
