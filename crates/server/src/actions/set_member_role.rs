use super::{Action, Context, Refusal, bad_request, happened::happened, join::refuse_fixed};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        View,
        change::{Change, Performed},
    },
    store::rows::Record,
};
use hearth_protocol::{
    error::ApiError,
    mutations::SetMemberRole,
    row::RowKey,
    rows::{MemberRole, MemberRow, RowKind},
    stream::StreamId,
    system::SystemEvent,
};

/// Makes somebody an admin of a conversation, or a member again, and tells so in it.
impl Action for SetMemberRole {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, me, user) = (self.conversation, context.actor, self.member);
        let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
        refuse_fixed(facts.kind, facts.home)?;
        let theirs = facts.member(user).cloned();
        let role = view.seat(id, me).await?.map(|seat| seat.role);
        authorize(me, Act::SetMemberRole, Object::Seat { role, of: user, theirs: theirs.as_ref().map(|member| member.role) })?;
        let Some(member) = theirs else { return Err(ApiError::not_found().into()) };
        if self.role == MemberRole::Owner || member.role == MemberRole::Owner {
            return Err(bad_request("A conversation has one owner, until they leave it.").into());
        }
        let stream = StreamId::Members(id);
        if member.role == self.role {
            let key = RowKey { kind: MemberRow::KIND.into(), id: user.to_string() };
            return Ok(Performed { existing: vec![(stream, key)], ..Performed::default() });
        }
        let Some(person) = view.person(user).await? else { return Err(ApiError::not_found().into()) };
        let row = MemberRow { person, role: self.role, joined_at: member.joined_at, left_at: None };
        let event = SystemEvent::RoleSet { person: user, role: self.role };
        Ok(vec![Change::new(stream, Record::Member(row)), happened(context, id, event)].into())
    }
}
