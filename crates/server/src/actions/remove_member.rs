use super::{
    Action, Context, Refusal,
    join::{manager_only, not_direct},
};
use crate::{
    commit::{
        ConversationFacts, Member, View,
        change::{Change, Performed},
    },
    store::{membership::Membership, rows::Record},
};
use hearth_protocol::{
    Millis,
    error::ApiError,
    ids::UserId,
    mutations::RemoveMember,
    row::RowKey,
    rows::{ConversationKind, MemberRole, MemberRow, MembershipRow, RowKind},
    stream::StreamId,
};

/// Takes somebody out of a group, or oneself. From then on nothing of it is told to them.
impl Action for RemoveMember {
    async fn perform(&self, view: &mut View<'_>, context: &Context) -> Result<Performed, Refusal> {
        let (id, me, user) = (self.conversation, context.actor, self.member);
        let Some(facts) = view.conversation_of(id, me).await? else { return Err(ApiError::not_found().into()) };
        if facts.kind != ConversationKind::Group {
            return Err(not_direct().into());
        }
        let role = facts.member(me).map_or(MemberRole::Member, |member| member.role);
        let Some(leaving) = facts.standing(user).cloned() else {
            return Err(if role == MemberRole::Member { manager_only() } else { ApiError::not_found() }.into());
        };
        if user != me && !may_remove(role, leaving.role) {
            return Err(manager_only().into());
        }
        if leaving.left {
            let key = RowKey { kind: MemberRow::KIND.into(), id: user.to_string() };
            return Ok(Performed { changes: Vec::new(), existing: vec![(StreamId::Members(id), key)] });
        }
        let (kind, end) = (facts.kind, facts.last_pos + 1);
        let heir = if leaving.role == MemberRole::Owner { heir(facts, user) } else { None };
        let Some(person) = view.person(user).await? else { return Err(ApiError::not_found().into()) };
        let Member { role, joined_at, vis_ver, mut windows, .. } = leaving;
        windows.close(end);
        let left_at = Some(context.now);
        let row = MembershipRow { conversation: id, kind, peer: None, joined_at, left_at, vis_ver: vis_ver + 1 };
        let mut changes = vec![
            Change::new(StreamId::Members(id), Record::Member(MemberRow { person, role, joined_at, left_at })),
            Change::new(StreamId::User(user), Record::Membership(Membership { row, windows })),
        ];
        if let Some((heir, joined_at)) = heir
            && let Some(person) = view.person(heir).await?
        {
            let row = MemberRow { person, role: MemberRole::Owner, joined_at, left_at: None };
            changes.push(Change::new(StreamId::Members(id), Record::Member(row)));
        }
        Ok(changes.into())
    }
}

fn may_remove(role: MemberRole, other: MemberRole) -> bool {
    match role {
        MemberRole::Owner => true,
        MemberRole::Admin => other == MemberRole::Member,
        MemberRole::Member => false,
    }
}

/// Who owns the group after its only owner: the admin, or else the member, who has been there longest. Nobody when nobody is left.
fn heir(facts: &ConversationFacts, leaving: UserId) -> Option<(UserId, Millis)> {
    let others: Vec<(UserId, &Member)> = facts.present().filter(|(user, _)| *user != leaving).collect();
    if others.iter().any(|(_, member)| member.role == MemberRole::Owner) {
        return None;
    }
    let rank = |member: &Member| u8::from(member.role != MemberRole::Admin);
    let first = others.iter().min_by_key(|(user, member)| (rank(member), member.joined_at, *user));
    first.map(|(user, member)| (*user, member.joined_at))
}
