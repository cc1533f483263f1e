//! What a message said before it was edited. These are no rows of a stream: they are looked up when somebody asks.

use crate::{Millis, body::Body};
use serde::{Deserialize, Serialize};

/// A message as it was from one edit to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageVersion {
    /// Counts edits from 0.
    pub revision: u32,
    pub body: Body,
    /// When it was given this text; `None` for the one that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
}

/// The answer to `GET /v1/conversations/{id}/messages/{message}/versions`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MessageVersions {
    /// By revision, up to and with the message as it is: its first version and the newest, `limits::MESSAGE_VERSIONS_MAX` together. Those
    /// from before the server kept any are missing. Empty for a tombstone.
    pub versions: Vec<MessageVersion>,
}
