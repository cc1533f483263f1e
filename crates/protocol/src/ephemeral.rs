//! What matters for a moment: no row, no seq, not kept, and the first to be dropped.

use crate::ids::{ConversationId, UserId};
use serde::{Deserialize, Serialize};

/// From a client: the `ephemeral` frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ephemeral {
    pub conversation: ConversationId,
    pub signal: Signal,
}

/// To everybody else who is in the conversation and connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EphemeralFrom {
    pub conversation: ConversationId,
    pub user: UserId,
    pub signal: Signal,
    /// It is over after so long, unless it is said again.
    pub ttl_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// A message is being written.
    Typing,
}
