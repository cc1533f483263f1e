//! What an archive says of itself: `manifest.json`, its last file.

use hearth_protocol::{
    Millis,
    ids::{ConversationId, Epoch, GroupId, UserId},
    rows::ConversationKind,
};
use serde::Serialize;

/// Moves when a reader of the old form would misread the new one.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    /// Always `hearth-archive`.
    pub format: &'static str,
    pub version: u32,
    pub made_at: Millis,
    /// The app's version.
    pub made_by: &'static str,
    pub server: ServerOf,
    pub user: UserId,
    pub username: String,
    pub from: From,
    /// Every conversation is whole, and nothing was left out because the server could not be asked.
    pub complete: bool,
    pub counts: Counts,
    pub conversations: &'a [Listed],
    pub files: &'a [Entry],
}

#[derive(Serialize)]
pub(super) struct ServerOf {
    pub name: String,
    pub address: String,
    /// The incarnation of its database.
    pub epoch: Option<Epoch>,
}

/// Where all of it was read.
#[derive(Clone, Copy, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum From {
    Server,
    /// The server could not be asked.
    ThisComputer,
}

#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Counts {
    pub conversations: u64,
    pub groups: u64,
    /// Deleted ones among them, of which only the place is left.
    pub messages: u64,
    pub mine: u64,
    pub drafts: u64,
    pub waiting: u64,
}

/// A conversation in the archive.
#[derive(Serialize)]
pub(super) struct Listed {
    pub id: ConversationId,
    pub kind: Option<ConversationKind>,
    /// The other person's name where it is direct.
    pub name: String,
    pub group: Option<GroupId>,
    pub messages: u64,
    pub mine: u64,
    pub complete: bool,
    /// Places of which nothing is known: at most so many messages.
    pub missing: u64,
}

/// A file in the archive.
#[derive(Clone, Serialize)]
pub(crate) struct Entry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}
