//! Imports: other people's archives, brought in through the same actions as everything else.
//!
//! Every id is derived from the archive's own, so that an import that was cut short is finished by running it again, and one that
//! was finished changes nothing. The committer takes an import's mutations in turn with everybody else's.

mod chitchat;
mod feed;
mod people;

pub use chitchat::chitchat;

use hearth_protocol::error::ApiError;
use std::{
    io,
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

/// How an import is done.
#[derive(Clone, Debug)]
pub struct Options {
    /// The password of every imported person. They all share one hash: for samples that people try the app with, never for a server
    /// that others reach.
    pub password: String,
    /// Set it to stop after what is under way.
    pub cancel: Arc<AtomicBool>,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub conversations: usize,
    pub conversations_all: usize,
    pub messages: usize,
    pub messages_all: usize,
}

/// Somebody who was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPerson {
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    /// How many conversations they are in.
    pub conversations: usize,
}

/// What an import brought.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Those with the most conversations first.
    pub people: Vec<ImportedPerson>,
    pub conversations: usize,
    pub messages: usize,
    /// Messages without a visible character, which nobody could send.
    pub skipped: usize,
}

/// Why an import ended early. Run it again to go on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} cannot be read ({source}). Check the path.", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} is not a chitchat corpus ({detail}).", path.display())]
    Format { path: PathBuf, detail: String },
    #[error("The password for the imported people is not accepted: {0}")]
    Password(String),
    #[error("The server refused a part of the import: {0} What came before is there; run the import again to go on.")]
    Refused(ApiError),
    #[error("The import was stopped. What came before is there; run it again to go on.")]
    Cancelled,
}
