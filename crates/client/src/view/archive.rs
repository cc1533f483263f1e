//! Everything of mine as a file.

use serde::Serialize;
use ts_rs::TS;

/// How far an archive is that is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ArchiveProgress {
    /// Conversations that are written, of all.
    #[ts(type = "number")]
    pub done: u64,
    #[ts(type = "number")]
    pub conversations: u64,
    #[ts(type = "number")]
    pub messages: u64,
}

/// An archive that is whole and in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ArchiveMade {
    pub path: String,
    #[ts(type = "number")]
    pub conversations: u64,
    #[ts(type = "number")]
    pub messages: u64,
    #[ts(type = "number")]
    pub bytes: u64,
    /// The server could not be asked: it holds what is on this computer.
    pub from_here: bool,
    /// Conversations of which something is missing.
    #[ts(type = "number")]
    pub incomplete: u64,
}
