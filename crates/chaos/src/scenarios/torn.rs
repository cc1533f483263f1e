//! Torn and flipped bytes. Damage is told, never silent: what is shown afterwards is right, or it was said that it may not be.

mod app;
mod server;

pub use app::play as app;
pub use server::play as server;

use crate::server::copy_files;
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files as they were before anything happened to them, and which of them is to be damaged.
struct Kept {
    folder: PathBuf,
    file: &'static str,
}

impl Kept {
    /// Keeps a copy of the files in `from`; whoever writes them must have ended.
    fn of(from: &Path, folder: PathBuf, file: &'static str) -> Result<Self> {
        copy_files(from, &folder)?;
        Ok(Self { folder, file })
    }

    /// Puts them in the place of whatever is there.
    fn put_back(&self, to: &Path) -> Result<PathBuf> {
        fs::remove_dir_all(to)?;
        copy_files(&self.folder, to)?;
        Ok(to.join(self.file))
    }
}
