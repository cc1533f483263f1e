//! How somebody gets into a conversation: a row that the others see, and one of their own with what they may see.

use crate::{
    commit::change::Change,
    sight::{VIS_VER_FIRST, Windows},
    store::{membership::Membership, rows::Record},
};
use hearth_protocol::{
    Millis,
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
