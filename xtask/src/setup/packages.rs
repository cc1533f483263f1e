//! What npm brings: the page's packages, and the OpenID provider of the tests.

use crate::{call::npm_in, project};
use anyhow::{Context as _, Result};
use std::{fs, path::Path};

/// `npm ci` in a folder, unless what is installed there is what its lock file says. `name` keeps the folders apart.
pub fn install(folder: &Path, name: &str, what: &str) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lock).with_context(|| format!("{} cannot be read", project::shown(&lock)))?;
    let stamp = project::stamps().join(name);
    if folder.join("node_modules").is_dir() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("      Installing {what}");
    npm_in(folder, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]).run()?;
    fs::create_dir_all(project::stamps())?;
    fs::write(&stamp, wanted)?;
    Ok(())
}
