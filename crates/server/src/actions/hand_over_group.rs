use super::{Action, Context, Refusal, group_seat::GroupSeat};
use crate::{
    authority::{Act, Object, authorize},
    commit::{View, change::Performed},
};
use hearth_protocol::{mutations::HandOverGroup, rows::MemberRole};

/// Makes somebody else the owner. Of two devices that hand it over at once the first to arrive does: at the second its person owns nothing.
impl Action for HandOverGroup {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (group, me) = (self.group, context.actor);
        let role = view.group_member(group, me).await?.map(|member| member.role);
        let theirs = view.group_member(group, self.to).await?.map(|member| member.role);
        authorize(me, Act::HandOverGroup, Object::Seat { role, of: self.to, theirs })?;
        let heir = GroupSeat::of(view, group, self.to).await?;
        if self.to == me {
            return Ok(Performed { existing: vec![heir.key()], ..Performed::default() });
        }
        let mine = GroupSeat::of(view, group, me).await?;
        let changes = [heir.with_role(MemberRole::Owner), mine.with_role(MemberRole::Admin)];
        Ok(changes.into_iter().flatten().collect::<Vec<_>>().into())
    }
}
