//! Where things are in this checkout.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// The folder of the root Cargo.toml.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's target folder: where everything that can be made again goes.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Tools that the project installs for itself.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// What xtask notes down between runs.
pub fn stamps() -> PathBuf {
    target().join("xtask")
}

pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The OpenID provider that the tests sign in to.
pub fn provider() -> PathBuf {
    root().join("crates/testkit/provider")
}

/// A program of the workspace as a debug build leaves it.
pub fn program(name: &str) -> PathBuf {
    built("debug", name)
}

/// The same, from the folder of another profile's builds.
pub fn built(folder: &str, name: &str) -> PathBuf {
    target().join(folder).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// All files under `folder`, sorted, leaving out folders that `skip` names. A folder that is not there has none.
pub fn files_under(folder: &Path, skip: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_file() {
                found.push(entry.path());
            } else if kind.is_dir() && !skip.iter().any(|name| entry.file_name() == *name) {
                waiting.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path as the checks and messages name it: from the root, with forward slashes.
pub fn shown(path: &Path) -> String {
    let root = root();
    let path = path.strip_prefix(&root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
