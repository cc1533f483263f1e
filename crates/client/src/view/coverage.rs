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
