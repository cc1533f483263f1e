//! A file system of a few megabytes over a program's folder, in a mount namespace of its own: it can really be full, and it is gone,
//! with everything on it, when the program ends.

use crate::process::Around;
use anyhow::{Context as _, Result, bail};
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

const SIZE: &str = "24m";
const BALLAST: &str = "ballast";
static CHUNK: [u8; 64 * 1024] = [0; 64 * 1024];

#[derive(Debug)]
pub struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Prepares one for `folder`.
    ///
    /// # Errors
    /// This machine lets nobody mount anything.
    pub fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let disk = Self { folder: folder.canonicalize()? };
        let before = disk.around().before;
        let (program, arguments) = before.split_first().context("nothing to start")?;
        let tried = Command::new(program).args(arguments).arg("true").output().context("`unshare` is not here")?;
        if !tried.status.success() {
            bail!("{}", String::from_utf8_lossy(&tried.stderr).trim());
        }
        Ok(disk)
    }

    /// What a program is started with to have the disk.
    pub fn around(&self) -> Around {
        let mount = format!("mount -t tmpfs -o size={SIZE},mode=0700 hearth-chaos \"$0\" && exec \"$@\"");
        // Harmless for root, and what lets everybody else mount in there.
        let words = ["unshare", "--map-root-user", "--mount", "--", "sh", "-c", &mount].map(OsString::from);
        let mut before: Vec<OsString> = words.into();
        before.push(self.folder.clone().into());
        Around { before, env: Vec::new() }
    }

    /// Takes all the room that is left.
    pub fn fill(&self, process: u32) -> Result<()> {
        let mut ballast = File::create(self.seen_by(process)?.join(BALLAST))?;
        loop {
            match ballast.write_all(&CHUNK) {
                Err(error) if error.kind() == io::ErrorKind::StorageFull => return Ok(()),
                written => written?,
            }
        }
    }

    /// Gives it back.
    pub fn make_room(&self, process: u32) -> Result<()> {
        Ok(fs::remove_file(self.seen_by(process)?.join(BALLAST))?)
    }

    /// The folder as the program has it: from outside there is nothing in it.
    fn seen_by(&self, process: u32) -> Result<PathBuf> {
        Ok(Path::new("/proc").join(process.to_string()).join("root").join(self.folder.strip_prefix("/")?))
    }
}
