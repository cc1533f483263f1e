//! Switches that tests throw while a server runs. Nothing but tests touches them.

use crate::store::{Dialect, StoreError};
use sqlx::AnyConnection;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};
use tokio::sync::watch;

/// Shared by the test and the server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Faults(Arc<Switches>);

#[derive(Debug)]
struct Switches {
    drop_push: AtomicBool,
    disk_full: AtomicBool,
    /// Set once `disk_full` was used, so that the ordinary path asks the database nothing.
    disk_touched: AtomicBool,
    /// The commit that fails, counted from 1, which is the next; 0: none.
    fail_commit: AtomicU64,
    hold_commits: watch::Sender<bool>,
}

impl Default for Faults {
    fn default() -> Self {
        Self(Arc::new(Switches {
            drop_push: AtomicBool::new(false),
            disk_full: AtomicBool::new(false),
            disk_touched: AtomicBool::new(false),
            fail_commit: AtomicU64::new(0),
            hold_commits: watch::Sender::new(false),
        }))
    }
}

impl Faults {
    /// Loses every push of rows from now on.
    pub fn drop_push(&self, on: bool) {
        self.0.drop_push.store(on, SeqCst);
    }

    /// SQLite's file may not grow any more (`max_page_count`): what needs a page fails as on a full disk.
    pub fn disk_full(&self, on: bool) {
        self.0.disk_full.store(on, SeqCst);
        self.0.disk_touched.store(true, SeqCst);
    }

    /// The next commit fails as if the disk had answered an fsync with an error.
    pub fn fail_next_commit(&self) {
        self.fail_commit(1);
    }

    /// The same for the `nth` commit from here on, counted from 1; 0: for none any more.
    pub fn fail_commit(&self, nth: u64) {
        self.0.fail_commit.store(nth, SeqCst);
    }

    /// The committer takes nothing from its queue while this is on.
    pub fn hold_commits(&self, on: bool) {
        self.0.hold_commits.send_replace(on);
    }

    pub(crate) fn loses_pushes(&self) -> bool {
        self.0.drop_push.load(SeqCst)
    }

    pub(crate) async fn until_released(&self) {
        // The sender lives as long as `self`: waiting cannot fail.
        let _ = self.0.hold_commits.subscribe().wait_for(|held| !held).await;
    }

    pub(crate) async fn before_commit(&self, connection: &mut AnyConnection, dialect: Dialect) -> Result<(), StoreError> {
        let left = self.0.fail_commit.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1));
        if left == Ok(1) {
            return Err(StoreError::Failed(sqlx::Error::Io(io::Error::other("an injected I/O error"))));
        }
        if dialect == Dialect::Sqlite && self.0.disk_touched.load(SeqCst) {
            let full = self.0.disk_full.load(SeqCst);
            let pragma = if full { "PRAGMA max_page_count = 1" } else { "PRAGMA max_page_count = 4294967294" };
            sqlx::raw_sql(pragma).execute(connection).await?;
        }
        Ok(())
    }
}
