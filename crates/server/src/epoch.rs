//! The epoch, and its witness outside the database.
//!
//! A backup that was restored looks like any other database from the inside. So a file beside it remembers how far the database had
//! come; a database that has come less far is an older one, and a new epoch begins: sessions end, replicas start over.

use crate::store::{Dialect, StoreError, change_log, device, invite_link, meta, server_invite, session};
use hearth_protocol::{
    Millis,
    ids::Epoch,
    rule::{Rule, holds},
};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

/// The witness's file in the data folder.
const FILE: &str = "epoch";

/// How far the database had come when somebody last looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Testimony {
    pub epoch: Epoch,
    /// How often a server was started on the database.
    pub starts: u64,
    /// The newest entry of the change log.
    pub n: u64,
}

/// The file; written anew after commits, about once a second.
#[derive(Clone, Debug)]
pub(crate) struct Witness(PathBuf);

impl Witness {
    pub fn new(data_dir: &Path) -> Self {
        Self(data_dir.join(FILE))
    }

    /// What the file says; `None` if there is no such file.
    ///
    /// # Errors
    /// If it cannot be read or does not parse.
    pub fn read(&self) -> io::Result<Option<Testimony>> {
        match fs::read(&self.0) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Replaces the file as a whole.
    pub fn write(&self, testimony: Testimony) -> io::Result<()> {
        /// Two processes may do this at once, and two servers in one: each time has a temporary file of its own.
        static TIMES: AtomicU64 = AtomicU64::new(0);
        let temporary = self.0.with_extension(format!("new{}-{}", std::process::id(), TIMES.fetch_add(1, Ordering::Relaxed)));
        let mut file = File::create(&temporary)?;
        file.write_all(&serde_json::to_vec(&testimony)?)?;
        file.sync_all()?;
        fs::rename(&temporary, &self.0)
    }
}

/// Finds the epoch in force at a start, beginning a new one if there is none or if the database is not the one that was witnessed.
pub(crate) async fn establish(
    connection: &mut AnyConnection,
    witnessed: Option<Testimony>,
    dialect: Dialect,
    now: Millis,
) -> Result<Testimony, StoreError> {
    let n = change_log::lock(connection).await?;
    let starts = meta::starts(connection).await?;
    let epochs = meta::epochs(connection).await?;
    let starts_now = starts + 1;
    meta::set_starts(connection, starts_now).await?;
    if let Some(current) = epochs.last() {
        if is_continued(&epochs, starts, n, witnessed, dialect) {
            return Ok(Testimony { epoch: *current, starts: starts_now, n });
        }
        tracing::warn!("the database is older than its witness, so a backup was restored: a new epoch begins and everybody signs in again");
        session::end_all(connection, now).await?;
        device::end_all(connection, now).await?;
        invite_link::delete_all(connection).await?;
        server_invite::delete_all(connection).await?;
    }
    let epoch = Epoch::new();
    meta::add_epoch(connection, epochs.len() + 1, epoch, now).await?;
    Ok(Testimony { epoch, starts: starts_now, n })
}

fn is_continued(epochs: &[Epoch], starts: u64, n: u64, witnessed: Option<Testimony>, dialect: Dialect) -> bool {
    match witnessed {
        _ if !holds(Rule::EpochWitness) => true,
        // Another node of the same PostgreSQL has its own data folder; a SQLite file without its witness was put there.
        None => dialect == Dialect::Postgres,
        // Including an epoch that has passed: another node may have begun a new one since.
        Some(then) => epochs.contains(&then.epoch) && starts >= then.starts && n >= then.n,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_a_database_that_went_on_is_continued() {
        let (first, second) = (Epoch::new(), Epoch::new());
        let then = |epoch, starts, n| Some(Testimony { epoch, starts, n });
        let sqlite = |witnessed| is_continued(&[first, second], 5, 100, witnessed, Dialect::Sqlite);
        assert!(sqlite(then(second, 5, 100)));
        assert!(sqlite(then(second, 4, 90)));
        assert!(sqlite(then(first, 2, 10)));
        assert!(!sqlite(then(second, 6, 100)), "restored from before the last start");
        assert!(!sqlite(then(second, 5, 101)), "restored from before the last commits");
        assert!(!sqlite(then(Epoch::new(), 1, 1)), "another database");
        assert!(!sqlite(None));
        assert!(is_continued(&[first], 5, 100, None, Dialect::Postgres));
    }

    #[test]
    fn a_testimony_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let witness = Witness::new(folder.path());
        assert_eq!(witness.read().unwrap(), None);
        let testimony = Testimony { epoch: Epoch::new(), starts: 3, n: 7 };
        witness.write(testimony).unwrap();
        assert_eq!(witness.read().unwrap(), Some(testimony));
    }
}
