//! Groups and what the list says of their channels.

use super::PersonView;
use hearth_protocol::{ids::GroupId, rows::MemberRole};
use serde::Serialize;
use ts_rs::TS;

/// A group that I am in, or that waits in the outbox to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupView {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
    /// What it is about; may be empty.
    pub about: String,
    /// I own it or am an admin of it, and stay: I may make channels and change who is in it.
    pub manages: bool,
    /// That I leave it waits in the outbox.
    pub leaving: bool,
}

/// Somebody in a group, me included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupMemberView {
    pub person: PersonView,
    pub role: MemberRole,
    /// They are in it as soon as the server has heard of it.
    pub waiting: bool,
}

/// Of a channel: the group that it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GroupOf {
    pub id: GroupId,
    /// Empty while nothing has told it.
    pub name: String,
}
