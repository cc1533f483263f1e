//! The page's build, only when something changed.

use crate::{call::npm, project};
use anyhow::Result;
use std::{fs, path::PathBuf, time::SystemTime};

/// `npm run build`, unless the result is newer than everything it is made from: a new result makes the app be built again too.
pub fn build() -> Result<()> {
    // An index.html alone is what the app's build leaves where there was no page: it only says so.
    let result = project::ui().join("dist/assets");
    if let Ok(built) = fs::metadata(&result).and_then(|about| about.modified())
        && newest_source()?.is_some_and(|changed| changed < built)
    {
        return Ok(());
    }
    npm(["run", "--silent", "build"]).run()
}

fn newest_source() -> Result<Option<SystemTime>> {
    let folders: [PathBuf; 2] = [project::ui(), project::root().join("locales")];
    let mut newest = None;
    for folder in folders {
        for file in project::files_under(&folder, &["node_modules", "dist"])? {
            newest = newest.max(fs::metadata(&file)?.modified().ok());
        }
    }
    Ok(newest)
}
