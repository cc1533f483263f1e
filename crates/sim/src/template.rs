//! Files that every seed begins with: a replica and a server, migrated once.

use crate::{
    dice::Dice,
    violation::{Result, Violation},
};
use hearth_protocol::{ids, role::Role, rows::AccountRow};
use hearth_replica::Replica;
use hearth_server::{
    Config,
    inside::{Inside, set_clock},
};
use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// When every simulated world begins: a morning in 2025.
pub const BEGIN_MS: i64 = 1_750_000_000_000;
/// As many as a seed may need.
const PEOPLE: [&str; 7] = ["alice", "bob", "carol", "dave", "erin", "frank", "grace"];
/// Of these, who may have devices.
pub const ACTIVE_MAX: usize = 4;

/// Made once for all seeds of a process.
pub struct Template {
    folder: TempDir,
    pub people: Vec<AccountRow>,
}

impl Template {
    pub async fn make() -> Result<Self> {
        let folder = scratch()?;
        set_clock(Some(BEGIN_MS));
        let mut dice = Dice::new(0, 0);
        ids::set_source(Some(Box::new(move || dice.uuid())));
        let made = Self::fill(folder.path()).await;
        ids::set_source(None);
        set_clock(None);
        Ok(Self { folder, people: made? })
    }

    async fn fill(folder: &Path) -> Result<Vec<AccountRow>> {
        let replica = Replica::open_plain(&folder.join("replica.db")).await;
        replica.map_err(|error| Violation::broken("the first replica", error))?.close().await;
        let server = Inside::start(&Config::new(folder.join("server"))).await;
        let server = server.map_err(|error| Violation::broken("the first server", error))?;
        let mut people = vec![];
        for (n, name) in PEOPLE.iter().enumerate() {
            people.push(server.add_person(name, if n == 0 { Role::Admin } else { Role::Member }).await?);
        }
        server.stop().await;
        // The last connection folds the log into the database: whoever copied the files before would have a part of each.
        if log_of(&folder.join("server").join("hearth.db")).exists() {
            return Err(Violation::broken("the first server", "its database was not closed"));
        }
        Ok(people)
    }

    /// A new device's file.
    pub fn replica(&self, to: &Path) -> Result<()> {
        Ok(fs::copy(self.folder.path().join("replica.db"), to).map(|_| ())?)
    }

    /// A new installation's folder.
    pub fn server(&self, to: &Path) -> Result<()> {
        copy_server(&self.folder.path().join("server"), to, true)
    }
}

/// A folder in memory where there is such a thing: nothing in it outlives the run.
pub fn scratch() -> Result<TempDir> {
    let memory = PathBuf::from("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    Ok(made?)
}

/// The database with its log, as a power cut leaves them, and the witness if wanted.
pub fn copy_server(from: &Path, to: &Path, witness: bool) -> Result<()> {
    fs::create_dir_all(to)?;
    copy_database(&from.join("hearth.db"), &to.join("hearth.db"))?;
    if witness {
        copy_witness(from, to)?;
    }
    Ok(())
}

/// What the server keeps outside its database.
pub fn copy_witness(from: &Path, to: &Path) -> Result<()> {
    Ok(copy_if_there(&from.join("epoch"), &to.join("epoch"))?)
}

/// The file and its log; the shared memory beside them is what a crash takes.
pub fn copy_database(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)?;
    Ok(copy_if_there(&log_of(from), &log_of(to))?)
}

/// The write-ahead log of a database.
pub fn log_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn copy_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::copy(from, to) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::remove_file(to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
        Err(error) => Err(error),
    }
}

/// The first bytes of a database's log, which are others once it begins anew, and its length.
pub fn log_header(database: &Path) -> Result<(Vec<u8>, u64)> {
    let mut file = match fs::File::open(log_of(database)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((vec![], 0)),
        Err(error) => return Err(error.into()),
    };
    let mut header = vec![];
    file.by_ref().take(32).read_to_end(&mut header)?;
    Ok((header, file.metadata()?.len()))
}
