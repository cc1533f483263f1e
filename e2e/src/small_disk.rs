//! A small file system for one person's profile, so that a disk can really be full.
//!
//! The app runs in a mount namespace of its own, in which a tmpfs of few megabytes lies over the profile's folder. Nobody else sees it, and
//! it is gone, with everything on it, when the app ends.

use crate::{Desktop, until};
use anyhow::{Context as _, Result, bail};
use std::{
    fs::{self, File, Permissions},
    io::{self, Write},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Room for a replica and for what a web view keeps, and quickly filled.
const SIZE: &str = "48m";
/// What takes the room that is left.
const BALLAST: &str = "ballast";
static CHUNK: [u8; 64 * 1024] = [0; 64 * 1024];

#[derive(Debug)]
pub struct SmallDisk {
    folder: PathBuf,
    launcher: PathBuf,
    process: PathBuf,
}

impl SmallDisk {
    /// Prepares one for `folder`, on which [`SmallDisk::launcher`] starts the app.
    ///
    /// # Errors
    /// This machine lets nobody mount anything; the words say what to do.
    pub async fn prepare(desktop: &Desktop, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let beside = |end: &str| folder.with_extension(end);
        let disk = Self { folder: folder.to_path_buf(), launcher: beside("launcher"), process: beside("process") };
        fs::write(&disk.launcher, disk.script(desktop.programs().app()?)?)?;
        fs::set_permissions(&disk.launcher, Permissions::from_mode(0o700))?;
        let tried = desktop.command(&disk.launcher).env(PROGRAM, "true").output().await.context("the launcher could not be started")?;
        if !tried.status.success() {
            bail!(
                "This machine does not let a test mount a file system of its own, so a full disk cannot be tried ({}). Allow it with `sysctl kernel.unprivileged_userns_clone=1`, or run the tests as root.",
                String::from_utf8_lossy(&tried.stderr).trim()
            );
        }
        Ok(disk)
    }

    /// Becomes the app, with the same arguments.
    pub fn launcher(&self) -> &Path {
        &self.launcher
    }

    /// Takes all the room that is left.
    pub fn fill(&self) -> Result<()> {
        let mut ballast = File::create(self.seen_from_here()?.join(BALLAST))?;
        loop {
            match ballast.write_all(&CHUNK) {
                Err(error) if error.kind() == io::ErrorKind::StorageFull => return Ok(()),
                written => written?,
            }
        }
    }

    /// Gives it back.
    pub fn make_room(&self) -> Result<()> {
        Ok(fs::remove_file(self.seen_from_here()?.join(BALLAST))?)
    }

    /// Waits until the app runs on it.
    pub async fn is_there(&self) -> Result<()> {
        until("the app on its small disk", || async { Ok(self.seen_from_here()?.join("lock").exists().then_some(())) }).await
    }

    /// The folder as the app has it: from outside there is nothing in it.
    fn seen_from_here(&self) -> Result<PathBuf> {
        let process = fs::read_to_string(&self.process).context("the app was not started on its small disk")?;
        let folder = self.folder.strip_prefix("/").context("the profile's folder has no absolute path")?;
        Ok(Path::new("/proc").join(process.trim()).join("root").join(folder))
    }

    /// One process from beginning to end, so that whoever started it has the app's own id. Only root of a namespace may mount there; the
    /// app itself must be the person again, or the bus would not know them.
    fn script(&self, app: &Path) -> Result<String> {
        let me = fs::metadata("/proc/self")?;
        let (become_root, become_me) = match me.uid() {
            0 => ("unshare --mount".to_owned(), "exec".to_owned()),
            uid => ("unshare --map-root-user --mount".to_owned(), format!("exec unshare --map-user={uid} --map-group={} --", me.gid())),
        };
        let inside =
            format!("mount -t tmpfs -o size={SIZE},mode=0700 hearth-e2e \"$0\" && echo $$ > \"$1\" && shift && {become_me} \"$@\"");
        let (folder, process, app) = (plain(&self.folder)?, plain(&self.process)?, plain(app)?);
        Ok(format!("#!/bin/sh\nexec {become_root} -- sh -c '{inside}' \"{folder}\" \"{process}\" \"${{{PROGRAM}:-{app}}}\" \"$@\"\n"))
    }
}

/// What the launcher becomes instead of the app, to see whether it can.
const PROGRAM: &str = "HEARTH_E2E_LAUNCH";

/// A path that means only itself between a shell's double quotes.
fn plain(path: &Path) -> Result<&str> {
    let path = path.to_str().context("a path is not UTF-8")?;
    if path.contains(['"', '$', '`', '\\', '}']) {
        bail!("{path} has signs in it that a shell would take for its own");
    }
    Ok(path)
}
