//! Groups and what the list says of their channels.

use super::{ConversationItem, PersonView};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, GroupId, InviteLinkId, MediaId},
    rows::MemberRole,
};
use serde::Serialize;
use ts_rs::TS;

/// When a conversation or a group was made, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MadeView {
    #[ts(type = "number")]
    pub at: Millis,
    /// `None` where it is not told or not known here, or their account is deleted.
    pub by: Option<PersonView>,
}

/// A group that I am in, or that waits in the outbox to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupView {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
    /// What it is about; may be empty.
    pub about: String,
    /// What `get_picture` gives; another one is another picture.
    pub picture: Option<MediaId>,
    /// What I am in it, with what of that waits.
    pub role: MemberRole,
    /// I own it or am an admin of it, and stay: I may make channels and change who is in it.
    pub manages: bool,
    /// `None` until the server has told it.
    pub made: Option<MadeView>,
    /// That I leave it waits in the outbox.
    pub leaving: bool,
    /// That it is deleted for everybody waits in the outbox.
    pub deleting: bool,
}

/// Somebody in a group, me included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupMemberView {
    pub person: PersonView,
    pub role: MemberRole,
    /// Since when they are in it; `None` while that waits.
    #[ts(type = "number | null")]
    pub joined_at: Option<Millis>,
    /// They are in it, or are this in it, as soon as the server has heard of it.
    pub waiting: bool,
}

/// Who is in a conversation, and what I may do there. The server decides the same: this is what is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MembersView {
    /// What I am there; of a public channel, what I am in its group.
    pub role: Option<MemberRole>,
    /// I may change its name, its topic and its picture.
    pub edits: bool,
    /// I may delete it for everybody.
    pub deletes: bool,
    /// Whether who comes from here on sees what was said before; `None` where nobody comes, or everybody sees all, or it is not known yet.
    pub shared_history: Option<bool>,
    /// It has members of its own: they can be added, removed, made admins and leave.
    pub own_members: bool,
    /// `None` until the server has told it.
    pub made: Option<MadeView>,
    /// Those who may do more first, then by name.
    pub members: Vec<GroupMemberView>,
}

/// A channel to which a text can lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ChannelView {
    pub id: ConversationId,
    pub name: String,
}

/// What naming everyone in a conversation would do. The server decides the same: this is what is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct EveryoneView {
    /// The text that was asked about does it.
    pub named: bool,
    /// How many would be told.
    pub others: u32,
    /// Whether I may.
    pub allowed: bool,
    /// They are so many that one is told how many before one sends.
    pub warns: bool,
}

/// A link by which people join a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InviteLinkView {
    pub id: InviteLinkId,
    /// What somebody is who joins by it.
    pub role: MemberRole,
    /// Who made it; empty if they are not known here.
    pub by: String,
    #[ts(type = "number")]
    pub expires_at: Millis,
    /// How many may still join by it.
    pub uses_left: u32,
    /// The link, only when it was just made: nobody can show it again.
    pub link: Option<String>,
}

/// Where a link leads, before anybody joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InviteView {
    pub group: GroupId,
    pub name: String,
    /// May be empty.
    pub about: String,
    /// How many are in it.
    pub people: u32,
    /// I am one of them.
    pub joined: bool,
}

/// Of a channel: the group that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupOf {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
    pub picture: Option<MediaId>,
}

/// What the list has of one group, or of none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ListSection {
    /// `None`: conversations that are of no group.
    pub group: Option<GroupOf>,
    /// Conversations in it, shown or not.
    pub count: u32,
    /// Unread messages, without those of muted conversations.
    pub unread: u32,
    /// Unread messages that name or answer me, in threads too.
    pub mentions: u32,
    /// Unread messages of the threads that I follow, without those of muted conversations; not there where there is none.
    #[serde(skip_serializing_if = "super::is_zero")]
    #[ts(optional, as = "Option<u32>")]
    pub asides: u32,
    /// Those that are shown, in the order of the list.
    pub items: Vec<ConversationItem>,
}
