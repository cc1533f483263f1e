//! How somebody gets into a conversation: a row that the others see, and one of their own with what they may see.

use super::Refusal;
use crate::{
    commit::{GroupMember, Member, View, change::Change},
    sight::{Home, VIS_VER_FIRST, Windows},
    store::{membership::Membership, rows::Record},
};
use hearth_protocol::{
    Millis, Pos,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, GroupId, UserId},
    rows::{ConversationKind, GroupMemberRow, GroupMembershipRow, MemberRole, MemberRow, MembershipRow, Person},
    stream::StreamId,
};
use std::collections::BTreeSet;

/// Where somebody joins, and when.
pub(super) struct Join {
    pub conversation: ConversationId,
    pub kind: ConversationKind,
    /// The group whose private channel it is.
    pub group: Option<GroupId>,
    pub at: Millis,
}

impl Join {
    /// Somebody who is there from the beginning, and sees everything. `peer` is the other person of a direct conversation.
    pub fn first(&self, person: Person, role: MemberRole, peer: Option<Person>) -> [Change; 2] {
        self.changes(person, role, peer, VIS_VER_FIRST, Windows::all())
    }

    /// Somebody who comes later, or comes back. Without shared history they see what is said from `next_pos` on, and what they saw
    /// while they were there before.
    pub fn later(&self, person: Person, before: Option<Member>, shared_history: bool, next_pos: Pos) -> [Change; 2] {
        let vis_ver = before.as_ref().map_or(VIS_VER_FIRST, |member| member.vis_ver + 1);
        let windows = if shared_history {
            Windows::all()
        } else {
            let mut windows = before.map_or_else(|| Windows::of(Vec::new()), |member| member.windows);
            windows.open(next_pos);
            windows
        };
        self.changes(person, MemberRole::Member, None, vis_ver, windows)
    }

    fn changes(&self, person: Person, role: MemberRole, peer: Option<Person>, vis_ver: u64, windows: Windows) -> [Change; 2] {
        let user = person.user;
        let Self { conversation, kind, group, at: joined_at } = *self;
        let member = MemberRow { person, role, joined_at, left_at: None };
        let membership =
            MembershipRow { conversation, kind, group, peer, joined_at, left_at: None, gone: false, gone_name: String::new(), vis_ver };
        [
            Change::new(StreamId::Members(conversation), Record::Member(member)),
            Change::new(StreamId::User(user), Record::Membership(Membership { row: membership, windows })),
        ]
    }
}

/// Which group somebody joins, and when.
pub(super) struct JoinGroup {
    pub group: GroupId,
    pub at: Millis,
}

impl JoinGroup {
    /// Somebody who comes for the first time, or comes back: then what they see is of a new version.
    pub fn changes(&self, person: Person, role: MemberRole, before: Option<GroupMember>) -> [Change; 2] {
        let Self { group, at: joined_at } = *self;
        let vis_ver = before.map_or(VIS_VER_FIRST, |member| member.vis_ver + 1);
        let user = person.user;
        let member = GroupMemberRow { person, role, joined_at, left_at: None };
        let membership = GroupMembershipRow { group, role, joined_at, left_at: None, gone: false, gone_name: String::new(), vis_ver };
        [
            Change::new(StreamId::Group(group), Record::GroupMember(member)),
            Change::new(StreamId::User(user), Record::GroupMembership(membership)),
        ]
    }
}

/// Refuses people who are not in a group, as if they were not there: its channels are for those alone who are.
pub(super) async fn all_in_group(view: &mut View<'_>, group: GroupId, people: &BTreeSet<UserId>) -> Result<(), Refusal> {
    let facts = view.group(group).await?;
    let all = facts.is_some_and(|facts| people.iter().all(|user| facts.member(*user).is_some()));
    if all { Ok(()) } else { Err(ApiError::not_found().into()) }
}

/// Refuses to change who is in a conversation that has no members of its own to change.
pub(super) fn refuse_fixed(kind: ConversationKind, home: Option<Home>) -> Result<(), ApiError> {
    match (kind, home) {
        (ConversationKind::Group, _) | (_, Some(Home { private: true, .. })) => Ok(()),
        (ConversationKind::Channel, _) => {
            Err(ApiError::new(ErrorCode::BadRequest, "Everybody in the group is in a public channel. Change who is in the group instead."))
        }
        (ConversationKind::Direct, _) => {
            Err(ApiError::new(ErrorCode::BadRequest, "A direct conversation always has its two people. Make a group instead."))
        }
    }
}
