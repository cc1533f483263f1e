//! What of the conversations is on this computer.

use hearth_protocol::{Millis, ids::ConversationId};
use serde::Serialize;
use ts_rs::TS;

/// How much of a conversation is on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CoverageView {
    pub conversation: ConversationId,
    pub name: String,
    /// Messages that are here and can be read and found.
    #[ts(type = "number")]
    pub messages: u64,
    /// From this moment on nothing is missing; `None` while there is nothing.
    #[ts(type = "number | null")]
    pub since: Option<Millis>,
    /// Everything is here.
    pub complete: bool,
    /// At most so many are missing; 0 when that is not known.
    #[ts(type = "number")]
    pub missing: u64,
    /// When what is missing was written, the newest first; none when everything is here.
    pub holes: Vec<Period>,
}

/// A time of which messages can be missing: between the last one before and the first one after that are here. Where there is none on a
/// side, nothing is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Period {
    #[ts(type = "number | null")]
    pub from: Option<Millis>,
    #[ts(type = "number | null")]
    pub to: Option<Millis>,
}

/// What is missing here of the conversations and the time in which a search looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MissingView {
    /// Conversations of which something is.
    pub incomplete: u32,
    /// From this moment on nothing is missing in any of them, where there is such a moment.
    #[ts(type = "number | null")]
    pub since: Option<Millis>,
    /// The first of them: those of which something newer is missing than of the others.
    pub conversations: Vec<MissingIn>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MissingIn {
    pub conversation: ConversationId,
    pub name: String,
    /// The newest first.
    pub holes: Vec<Period>,
}

/// What of all conversations is on this computer: those that are not whole first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CoverageList {
    pub conversations: u32,
    pub complete: u32,
    #[ts(type = "number")]
    pub messages: u64,
    pub items: Vec<CoverageView>,
}
