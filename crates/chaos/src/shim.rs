//! The bad disk and the wrong clock: a small library in C that is loaded before the program's own, and the page of numbers that steers it.

use crate::process::Around;
use anyhow::{Context as _, Result, bail};
use std::{
    fs::{self, File},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    process::Command,
};

/// The library's source, so that the built program needs no checkout.
const SOURCE: &str = include_str!("../shim/shim.c");

/// The numbers of the shared page, in the order of `struct control` in shim.c.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    ClockMs,
    FailAt,
    Fsyncs,
    KillAt,
    Steps,
    Failed,
}

const FIELDS: usize = Field::Failed as usize + 1;

/// One program's disk and clock.
#[derive(Debug)]
pub struct Shim {
    library: PathBuf,
    /// The folder whose databases it stands before.
    folder: PathBuf,
    page: PathBuf,
    control: File,
    journal: Option<PathBuf>,
}

impl Shim {
    /// For the databases in `folder`; with `journal`, what no fsync has covered is written down for a power cut.
    pub fn new(library: &Path, folder: &Path, journal: bool) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        let page = folder.with_extension("control");
        fs::write(&page, [0; FIELDS * 8])?;
        let control = File::options().read(true).write(true).open(&page)?;
        let journal = journal.then(|| folder.with_extension("journal"));
        Ok(Self { library: library.to_owned(), folder, page, control, journal })
    }

    pub fn around(&self) -> Around {
        let mut env = vec![
            ("LD_PRELOAD".to_owned(), self.library.clone().into_os_string()),
            ("CHAOS_FOLDER".to_owned(), self.folder.clone().into_os_string()),
            ("CHAOS_CONTROL".to_owned(), self.page.clone().into_os_string()),
        ];
        env.extend(self.journal.iter().map(|journal| ("CHAOS_JOURNAL".to_owned(), journal.clone().into_os_string())));
        Around { before: Vec::new(), env }
    }

    pub fn set(&self, field: Field, value: i64) -> Result<()> {
        Ok(self.control.write_all_at(&value.to_ne_bytes(), field as u64 * 8)?)
    }

    pub fn get(&self, field: Field) -> Result<i64> {
        let mut bytes = [0; 8];
        self.control.read_exact_at(&mut bytes, field as u64 * 8)?;
        Ok(i64::from_ne_bytes(bytes))
    }

    /// Where what is not durable yet is written down.
    pub fn journal(&self) -> Result<&Path> {
        self.journal.as_deref().context("this disk keeps no journal")
    }
}

/// Compiles the library into `folder`.
pub fn build(folder: &Path) -> Result<PathBuf> {
    let (source, library) = (folder.join("shim.c"), folder.join("shim.so"));
    fs::write(&source, SOURCE)?;
    let output = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).args(["-ldl", "-lpthread"]).output();
    let output = output.context("`cc` is needed: `cargo xtask test --only setup` installs it")?;
    if !output.status.success() {
        bail!("The bad disk does not compile here:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(library)
}
