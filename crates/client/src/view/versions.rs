//! What a message said, from one edit to the next; and where messages are.

use super::Problem;
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
};
use serde::Serialize;
use ts_rs::TS;

/// A message's texts, the oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct VersionsView {
    pub versions: Vec<VersionView>,
    /// Why earlier ones may be missing; they were to be asked for.
    pub problem: Option<Problem>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct VersionView {
    /// Counts edits from 0.
    pub revision: u32,
    /// When the message was given this text; `None`: by an edit of mine that waits to be sent.
    #[ts(type = "number | null")]
    pub at: Option<Millis>,
    /// So many versions between this one and the one before it are not here, or before it where it is the first.
    pub missing: u32,
    /// The text, and what the version before it had in its place; of the first one all is kept. Nothing where it is of a kind from a newer
    /// Hearth.
    pub parts: Vec<VersionPart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct VersionPart {
    pub change: PartChange,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PartChange {
    Kept,
    Added,
    /// It was in the version before this one.
    Removed,
}

/// Where a link to a message leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MessagePlace {
    pub conversation: ConversationId,
    pub message: MessageId,
}

/// Where a conversation goes on at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct DatePlace {
    /// The first message from then on; `None`: its end, as nothing was said from then on.
    pub message: Option<MessageId>,
    /// False: others of that time may be missing here, and this is the nearest one that is not.
    pub sure: bool,
    /// Why the server could not be asked.
    pub problem: Option<Problem>,
}
