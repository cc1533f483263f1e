//! The page: its packages and its build, each only when something changed.

use crate::{call::npm, project};
use anyhow::{Context as _, Result};
use std::{fs, path::PathBuf, time::SystemTime};

/// `npm ci`, unless what is installed is what the lock file says.
pub fn install() -> Result<()> {
    let lock = project::ui().join("package-lock.json");
    let wanted = fs::read_to_string(&lock).with_context(|| format!("{} cannot be read", project::shown(&lock)))?;
    let stamp = project::stamps().join("package-lock.json");
    let modules = project::ui().join("node_modules");
    if modules.is_dir() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("      Installing the page's packages");
    npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).run()?;
    fs::create_dir_all(project::stamps())?;
    fs::write(&stamp, wanted)?;
    Ok(())
}

/// `npm run build`, unless the result is newer than everything it is made from: a new result makes the app be built again too.
pub fn build() -> Result<()> {
    let result = project::ui().join("dist/index.html");
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
