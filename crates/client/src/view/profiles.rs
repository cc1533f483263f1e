//! People as the page sees them, besides their names.

use hearth_protocol::{
    Millis,
    ids::{MediaId, UserId},
    presence::Presence,
    profile::SeenBy,
};
use serde::Serialize;
use ts_rs::TS;

/// Words that stand beside a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StatusView {
    pub text: String,
    /// From then on it is over: the page shows it no longer than that.
    #[ts(type = "number | null")]
    pub until: Option<Millis>,
}

/// What I may see of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ProfileView {
    pub user: UserId,
    pub status: Option<StatusView>,
    /// When they were last connected, about ten minutes ago at most while they are.
    #[ts(type = "number | null")]
    pub last_seen: Option<Millis>,
    /// How they are here now, as far as the server tells.
    pub presence: Option<Presence>,
    /// What `get_picture` gives; another one is another picture.
    pub picture: Option<MediaId>,
    /// Who they are, in their own words; may have several lines.
    pub about: String,
    /// Their account waits, and they read nothing meanwhile.
    pub deactivated: bool,
}

/// What I say of myself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OwnProfileView {
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
    pub status: Option<StatusView>,
    pub about: String,
    pub picture: Option<MediaId>,
    /// Who sees the status, who when I was last connected, and who the picture.
    pub status_to: SeenBy,
    pub last_seen_to: SeenBy,
    pub picture_to: SeenBy,
}
