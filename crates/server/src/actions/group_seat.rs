//! Somebody's place in a group as it changes: a row that the others see, and one of their own.

use super::Refusal;
use crate::{
    commit::{GroupMember, View, change::Change},
    store::rows::Record,
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    ids::{GroupId, UserId},
    row::RowKey,
    rows::{GroupMemberRow, GroupMembershipRow, MemberRole, Person, RowKind},
    stream::StreamId,
};

/// Somebody who is in a group.
pub(super) struct GroupSeat {
    group: GroupId,
    person: Person,
    member: GroupMember,
}

impl GroupSeat {
    /// # Errors
    /// `not_found`, with words, for who is not in it: whoever asks sees who is.
    pub async fn of(view: &mut View<'_>, group: GroupId, user: UserId) -> Result<Self, Refusal> {
        let gone = || Refusal::Api(ApiError::new(ErrorCode::NotFound, "They are not in this group any more."));
        let member = view.group_member(group, user).await?.ok_or_else(gone)?;
        let person = view.person(user).await?.ok_or_else(gone)?;
        Ok(Self { group, person, member })
    }

    pub fn role(&self) -> MemberRole {
        self.member.role
    }

    /// The row that the others see.
    pub fn key(&self) -> (StreamId, RowKey) {
        (StreamId::Group(self.group), RowKey { kind: GroupMemberRow::KIND.into(), id: self.person.user.to_string() })
    }

    /// They may do more or less from here on, and see the same.
    pub fn with_role(self, role: MemberRole) -> [Change; 2] {
        let vis_ver = self.member.vis_ver;
        self.changes((role, None), None, vis_ver)
    }

    /// They are not in it any more; `gone`: because nobody is, with what it was called.
    pub fn left(self, at: Millis, gone: Option<&str>) -> [Change; 2] {
        let (role, vis_ver) = (self.member.role, self.member.vis_ver + 1);
        self.changes((role, Some(at)), gone, vis_ver)
    }

    fn changes(self, (role, left_at): (MemberRole, Option<Millis>), gone: Option<&str>, vis_ver: u64) -> [Change; 2] {
        let Self { group, person, member: GroupMember { joined_at, .. } } = self;
        let user = person.user;
        let (gone, gone_name) = (gone.is_some(), gone.unwrap_or_default().to_owned());
        let membership = GroupMembershipRow { group, role, joined_at, left_at, gone, gone_name, vis_ver };
        [
            Change::new(StreamId::Group(group), Record::GroupMember(GroupMemberRow { person, role, joined_at, left_at })),
            Change::new(StreamId::User(user), Record::GroupMembership(membership)),
        ]
    }
}
