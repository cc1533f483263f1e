//! Where somebody's name stands: every row that shows them to somebody. Who changes a name or takes it away goes through all of them.

use super::Refusal;
use crate::{
    commit::{View, change::Change},
    store::{membership::Membership, rows::Record},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    row::{Row, RowKey},
    rows::{BlockRow, ContactRow, ConversationKind, GroupMemberRow, InvitationRow, MemberRow, MembershipRow, Person, RowData, RowKind},
    stream::StreamId,
};

/// A row with somebody's name, as earlier mutations of the batch have left it, and where it is.
pub(super) enum Shown {
    /// That they are or were in a group.
    GroupMember(GroupId, GroupMemberRow),
    /// That they are or were in a conversation.
    Member(ConversationId, MemberRow),
    /// The direct conversation with them, in the list of the other one.
    Peer(UserId, Membership),
    /// What somebody has of them.
    Contact(UserId, ContactRow),
    Block(UserId, BlockRow),
    /// A copy of what they ask or are asked, their own included.
    Invitation(UserId, InvitationRow),
}

impl Shown {
    /// The row with this in the place of the name; nothing else of it changes.
    pub fn naming(self, person: &Person) -> Change {
        let person = person.clone();
        match self {
            Self::GroupMember(group, row) => Change::new(StreamId::Group(group), Record::GroupMember(GroupMemberRow { person, ..row })),
            Self::Member(id, row) => Change::new(StreamId::Members(id), Record::Member(MemberRow { person, ..row })),
            Self::Peer(of, Membership { row, windows }) => {
                let row = MembershipRow { peer: Some(person), ..row };
                Change::new(StreamId::User(of), Record::Membership(Membership { row, windows }))
            }
            Self::Contact(of, row) => Change::new(StreamId::User(of), Record::Contact(ContactRow { person, ..row })),
            Self::Block(of, row) => Change::new(StreamId::User(of), Record::Block(BlockRow { person, ..row })),
            Self::Invitation(of, row) => {
                let row = if row.sender.user == person.user {
                    InvitationRow { sender: person, ..row }
                } else {
                    InvitationRow { receiver: person, ..row }
                };
                Change::new(StreamId::User(of), Record::Invitation(row))
            }
        }
    }
}

/// All of them, in an order that the same state always gives; groups come before what is in them.
pub(super) async fn shown(view: &mut View<'_>, user: UserId) -> Result<Vec<Shown>, Refusal> {
    let (conversations, groups) = view.places_of(user).await?;
    let mut shown = Vec::new();
    for group in groups {
        let key = RowKey { kind: GroupMemberRow::KIND.into(), id: user.to_string() };
        if let Some(Row { data: RowData::GroupMember(row), .. }) = view.row(StreamId::Group(group), key).await? {
            shown.push(Shown::GroupMember(group, row));
        }
    }
    for id in conversations {
        let key = RowKey { kind: MemberRow::KIND.into(), id: user.to_string() };
        if let Some(Row { data: RowData::Member(row), .. }) = view.row(StreamId::Members(id), key).await? {
            shown.extend(peer(view, id, user).await?);
            shown.push(Shown::Member(id, row));
        }
    }
    for (of, key) in view.ties_of(user).await? {
        shown.extend(match view.row(StreamId::User(of), key).await?.map(|row| row.data) {
            Some(RowData::Contact(row)) => Some(Shown::Contact(of, row)),
            Some(RowData::Block(row)) => Some(Shown::Block(of, row)),
            Some(RowData::Invitation(row)) => Some(Shown::Invitation(of, row)),
            _ => None,
        });
    }
    Ok(shown)
}

/// What the other side of a direct conversation has in their list.
async fn peer(view: &mut View<'_>, id: ConversationId, user: UserId) -> Result<Option<Shown>, Refusal> {
    let Some(facts) = view.conversation(id).await?.filter(|facts| facts.kind == ConversationKind::Direct) else { return Ok(None) };
    let other = facts.present().find(|(other, _)| *other != user).map(|(other, member)| (other, member.windows.clone()));
    let Some((other, windows)) = other else { return Ok(None) };
    let key = RowKey { kind: MembershipRow::KIND.into(), id: id.to_string() };
    Ok(match view.row(StreamId::User(other), key).await? {
        Some(Row { data: RowData::Membership(row), .. }) => Some(Shown::Peer(other, Membership { row, windows })),
        _ => None,
    })
}
