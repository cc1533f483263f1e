//! Whom I know, who asks whom, and whom I have blocked.

use super::PersonView;
use hearth_protocol::{
    Millis,
    ids::{GroupId, InvitationId},
};
use serde::Serialize;
use ts_rs::TS;

/// The people around me, by what they are to me, with what of mine still waits to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FriendsView {
    pub contacts: Vec<PersonView>,
    /// Who asks me, the newest first.
    pub incoming: Vec<AskedView>,
    /// Whom I ask.
    pub outgoing: Vec<AskedView>,
    /// Who invites me into a group, the newest first.
    pub invited: Vec<InvitedView>,
    /// Whom I invite into one.
    pub inviting: Vec<InvitedView>,
    pub blocked: Vec<PersonView>,
}

/// An invitation into a group without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InvitedView {
    #[serde(flatten)]
    pub asked: AskedView,
    pub group: GroupId,
    /// Its name when the invitation was made; empty while that waits to be sent.
    pub group_name: String,
}

/// A friend request without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AskedView {
    pub id: InvitationId,
    /// Who asks me, or whom I ask.
    pub person: PersonView,
    /// May be empty.
    pub note: String,
    /// `None` while it waits to be sent.
    #[ts(type = "number | null")]
    pub at: Option<Millis>,
}
