//! What a scenario has: a folder, chance, the programs, and how much time.

use crate::{dice::Dice, shim};
use anyhow::{Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The programs under test, and the library for bad disks.
#[derive(Clone, Debug)]
pub struct Programs {
    pub server: PathBuf,
    pub app: PathBuf,
    pub shim: PathBuf,
}

impl Programs {
    /// The app is beside this program; the server is there too, or where `HEARTH_CHAOS_SERVER` says. The library is built in `folder`.
    pub fn find(folder: &Path) -> Result<Self> {
        let me = env::current_exe()?;
        let beside = |name: &str| me.with_file_name(name);
        let server = env::var_os("HEARTH_CHAOS_SERVER").map_or_else(|| beside("hearthd"), PathBuf::from);
        let app = beside("hearth-chaos-app");
        for (program, package) in [(&server, "hearth-server"), (&app, "hearth-chaos")] {
            if !program.is_file() {
                bail!("{} is not there. `cargo build --package {package}` makes it.", program.display());
            }
        }
        Ok(Self { server, app, shim: shim::build(folder)? })
    }
}

pub struct Stage {
    pub programs: Programs,
    pub dice: Dice,
    /// What a night is for, instead of what the test command has time for.
    pub long: bool,
    folder: TempDir,
}

impl Stage {
    pub fn new(programs: Programs, seed: u64, long: bool) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("hearth-chaos-").tempdir()?;
        Ok(Self { programs, dice: Dice::new(seed), long, folder })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// One number for the test command, another for a night.
    pub fn times(&self, short: u64, long: u64) -> u64 {
        if self.long { long } else { short }
    }

    /// Keeps the folder of a failed scenario and says where it is.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }
}

/// A line about how far a scenario has come.
#[allow(clippy::print_stdout, reason = "a command line tool talks on standard output")]
pub fn tell(progress: std::fmt::Arguments<'_>) {
    println!("      {progress}");
}
