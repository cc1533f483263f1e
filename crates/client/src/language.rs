//! The language of the app: the page knows it, and the shell passes it on.

use crate::client::lock;
use hearth_words::Spoken;
use std::sync::{Arc, Mutex};

/// One for a profile; clones are the same.
#[derive(Clone, Default)]
pub struct Language(Arc<Mutex<Option<Spoken>>>);

impl Language {
    pub fn speak(&self, spoken: Spoken) {
        *lock(&self.0) = Some(spoken);
    }

    /// `None` until somebody has said or chosen one.
    pub fn spoken(&self) -> Option<Spoken> {
        *lock(&self.0)
    }
}
