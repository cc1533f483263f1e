//! How somebody gets into a conversation: a row that the others see, and one of their own with what they may see.

use crate::{
    commit::{Member, change::Change},
    sight::{VIS_VER_FIRST, Windows},
    store::{membership::Membership, rows::Record},
};
use hearth_protocol::{
    Millis, Pos,
    error::{ApiError, ErrorCode},
    ids::ConversationId,
    rows::{ConversationKind, MemberRole, MemberRow, MembershipRow, Person},
    stream::StreamId,
};

/// Where somebody joins, and when.
pub(super) struct Join {
    pub conversation: ConversationId,
    pub kind: ConversationKind,
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
        let (conversation, kind, joined_at) = (self.conversation, self.kind, self.at);
        let member = MemberRow { person, role, joined_at, left_at: None };
        let membership = MembershipRow { conversation, kind, peer, joined_at, left_at: None, vis_ver };
        [
            Change::new(StreamId::Members(conversation), Record::Member(member)),
            Change::new(StreamId::User(user), Record::Membership(Membership { row: membership, windows })),
        ]
    }
}

/// The answer to a member who asks for what the owner and admins do.
pub(super) fn manager_only() -> ApiError {
    ApiError::new(ErrorCode::NotAllowed, "Only the group's owner and admins may do that. Ask one of them.")
}

/// The answer to who wants more or fewer than two people in a direct conversation.
pub(super) fn not_direct() -> ApiError {
    ApiError::new(ErrorCode::BadRequest, "A direct conversation always has its two people. Make a group instead.")
}
