//! Pictures of what was seen, numbered in the order of events.

use crate::programs;
use anyhow::Result;
use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

#[derive(Debug)]
pub struct Screens {
    folder: PathBuf,
    taken: AtomicU32,
}

impl Screens {
    /// An empty folder: `HEARTH_E2E_SCREENS`, or screens/ under target/e2e/NAME.
    pub fn open(name: &str) -> Result<Self> {
        let folder =
            env::var_os("HEARTH_E2E_SCREENS").map_or_else(|| programs::target().join("e2e").join(name).join("screens"), PathBuf::from);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(&folder)?,
        }
        Ok(Self { folder: folder.canonicalize()?, taken: AtomicU32::new(0) })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file for the next picture; `what` becomes part of its name.
    pub fn next(&self, what: &str) -> PathBuf {
        let number = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        let what: String = what.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        self.folder.join(format!("{number:02}-{what}.png"))
    }
}
