use super::{Action, Context, Refusal, happened::happened, join::refuse_fixed, threads::end_in};
use crate::{
    authority::{Act, Object, authorize},
    commit::{
        Member, View,
        change::{Change, Performed},
    },
    store::{StoreError, membership::Membership, rows::Record},
};
use hearth_protocol::{
    Millis,
    error::ApiError,
    ids::{ConversationId, UserId},
    mutations::RemoveMember,
    row::RowKey,
    rows::{MemberRole, MemberRow, MembershipRow, RowKind},
    stream::StreamId,
    system::SystemEvent,
};

/// Takes somebody out of a group conversation or a private channel, or oneself. From then on nothing of it is told to them.
impl Action for RemoveMember {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, me, user) = (self.conversation, context.actor, self.member);
        let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
        refuse_fixed(facts.kind, facts.home)?;
        let (kind, home, end, leaving) = (facts.kind, facts.home, facts.last_pos + 1, facts.standing(user).cloned());
        let role = view.seat(id, me).await?.map(|seat| seat.role);
        let theirs = leaving.as_ref().map(|leaving| leaving.role);
        authorize(me, Act::RemoveMember, Object::Seat { role, of: user, theirs })?;
        let Some(leaving) = leaving else { return Err(ApiError::not_found().into()) };
        if leaving.left {
            let key = RowKey { kind: MemberRow::KIND.into(), id: user.to_string() };
            return Ok(Performed { existing: vec![(StreamId::Members(id), key)], ..Performed::default() });
        }
        let heir = if leaving.role == MemberRole::Owner { heir(view, id, user).await? } else { None };
        let Some(person) = view.person(user).await? else { return Err(ApiError::not_found().into()) };
        let Member { role, joined_at, vis_ver, mut windows, .. } = leaving;
        windows.close(end);
        let left_at = Some(context.now);
        let row = MembershipRow {
            conversation: id,
            kind,
            group: home.map(|home| home.group),
            peer: None,
            joined_at,
            left_at,
            gone: false,
            gone_name: String::new(),
            vis_ver: vis_ver + 1,
        };
        let mut changes = vec![
            Change::new(StreamId::Members(id), Record::Member(MemberRow { person, role, joined_at, left_at })),
            Change::new(StreamId::User(user), Record::Membership(Membership { row, windows })),
        ];
        let (heir, follows) = heir.map_or((None, None), |(user, change)| (Some(user), Some(change)));
        changes.extend(follows);
        let event = if user == me { SystemEvent::Left { heir } } else { SystemEvent::Removed { person: user, heir } };
        changes.push(happened(context, id, event));
        changes.extend(end_in(view, context, id, user).await?);
        Ok(changes.into())
    }
}

/// Makes somebody its owner after its only owner: the admin, or else the member, who has been there longest. Nobody when nobody is left.
pub(super) async fn heir(view: &mut View<'_>, id: ConversationId, leaving: UserId) -> Result<Option<(UserId, Change)>, StoreError> {
    let Some(facts) = view.conversation(id).await? else { return Ok(None) };
    let home = facts.home;
    let others = facts.present().filter(|(user, _)| *user != leaving).map(|(user, member)| (member.role, member.joined_at, user));
    let mut others: Vec<(MemberRole, Millis, UserId)> = others.collect();
    if let Some(home) = home {
        // A member who is out of the group is not in its channels.
        let Some(group) = view.group(home.group).await? else { return Ok(None) };
        others.retain(|(.., user)| group.member(*user).is_some());
    }
    let first = others.into_iter().min().filter(|(role, ..)| *role != MemberRole::Owner);
    let Some((_, joined_at, user)) = first else { return Ok(None) };
    let row = |person| MemberRow { person, role: MemberRole::Owner, joined_at, left_at: None };
    Ok(view.person(user).await?.map(|person| (user, Change::new(StreamId::Members(id), Record::Member(row(person))))))
}
