//! What I have starred, and what is pinned.

use super::PersonView;
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
};
use serde::Serialize;
use ts_rs::TS;

/// A message that I have starred, or that is pinned for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MarkedView {
    pub message: MessageId,
    pub conversation: ConversationId,
    /// What that is called.
    pub name: String,
    /// When it was starred or pinned; by this computer's clock while that waits in the outbox.
    #[ts(type = "number")]
    pub at: Millis,
    /// Who has pinned it; `None` for a star, and while nothing told their name.
    pub by: Option<PersonView>,
    /// `None` while the message is not on this computer: it comes when its conversation is opened.
    pub said: Option<SaidView>,
}

/// The message in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct SaidView {
    /// `None` while nothing told their name.
    pub sender: Option<PersonView>,
    pub mine: bool,
    /// I have blocked who wrote it, so its text is left out.
    pub blocked: bool,
    /// Plain words; empty for what this build cannot read.
    pub text: String,
    #[ts(type = "number")]
    pub at: Millis,
}

/// What I have starred, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StarredPage {
    pub items: Vec<MarkedView>,
    /// There may be more than was asked for.
    pub more: bool,
}

/// What is pinned in a conversation, what was pinned last first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PinList {
    pub items: Vec<MarkedView>,
    /// Whether I may pin and unpin there.
    pub may: bool,
}
