//! One writer and several readers.

mod held;
mod reader;

pub(crate) use held::Held;
pub(crate) use reader::{Reader, Readers};

use crate::{Error, Result};
use sqlx::SqliteConnection;
use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

/// A handle to the local database; cloning it is cheap.
#[derive(Clone)]
pub struct Replica(Arc<Connections>);

struct Connections {
    writer: Mutex<Option<Writer>>,
    /// The simulator does one thing at a time and reads with the writer: another connection would only cost it a thread and its statements.
    readers: Option<Arc<Readers>>,
    /// How often rows said what somebody is called, since this was opened.
    names_told: AtomicU64,
}

pub(crate) struct Writer {
    connection: Held,
    durability: Durability,
    /// A transaction may have been left open by an error or a dropped future.
    open: bool,
}

/// What a power cut may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// The last commits may be undone, all of their rows and cursors together: the server still has them.
    Undoable,
    /// Nothing: what a person wrote is on the disk when this returns.
    Forever,
}

/// The one write transaction. Dropped without [`Writing::commit`], it is undone before the next one begins.
pub(crate) struct Writing<'a>(MappedMutexGuard<'a, Writer>);

impl Replica {
    /// The writer's connection comes with `synchronous = FULL`.
    pub(crate) fn new(writer: Held, readers: Option<Arc<Readers>>) -> Self {
        let writer = Writer { connection: writer, durability: Durability::Forever, open: false };
        Self(Arc::new(Connections { writer: Mutex::new(Some(writer)), readers, names_told: AtomicU64::new(0) }))
    }

    /// How often rows have said what somebody is called: what was asked before the last time may be older than they are.
    pub fn names_told(&self) -> u64 {
        self.0.names_told.load(Relaxed)
    }

    /// Within a write transaction, so that no other one is between this and what it tells of.
    pub(crate) fn tell_names(&self) {
        self.0.names_told.fetch_add(1, Relaxed);
    }

    /// Waits for the transaction that runs, then closes the file; whatever is asked later answers [`Error::Closed`].
    pub async fn close(self) {
        if let Some(readers) = &self.0.readers {
            readers.close().await;
        }
        let writer = self.0.writer.lock().await.take();
        if let Some(writer) = writer {
            writer.connection.close().await;
        }
    }

    pub(crate) async fn write(&self, durability: Durability) -> Result<Writing<'_>> {
        let mut writer = settle(self.0.writer.lock().await).await?;
        if writer.durability != durability {
            let pragma = match durability {
                Durability::Undoable => "PRAGMA synchronous = NORMAL",
                Durability::Forever => "PRAGMA synchronous = FULL",
            };
            sqlx::query(pragma).execute(&mut *writer.connection).await?;
            writer.durability = durability;
        }
        writer.open = true;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *writer.connection).await?;
        Ok(Writing(writer))
    }

    /// A connection for a single statement, which needs no snapshot around it.
    pub(crate) async fn look(&self) -> Result<Reader<'_>> {
        match &self.0.readers {
            Some(readers) => Ok(Reader::Lent(readers.lend().await?)),
            None => self.read_with_writer().await,
        }
    }

    /// A snapshot to read from.
    pub(crate) async fn read(&self) -> Result<Reader<'_>> {
        match &self.0.readers {
            Some(readers) => Ok(Reader::Lent(readers.lend_snapshot().await?)),
            None => self.read_with_writer().await,
        }
    }

    /// One who reads while writing would wait for themselves: that is an error here, and none with several connections.
    async fn read_with_writer(&self) -> Result<Reader<'_>> {
        let writer = self.0.writer.try_lock().map_err(|_| Error::Closed)?;
        Ok(Reader::Writer(settle(writer).await?))
    }
}

/// The writer, once what a dropped transaction left is undone.
async fn settle(writer: MutexGuard<'_, Option<Writer>>) -> Result<MappedMutexGuard<'_, Writer>> {
    let mut writer = MutexGuard::try_map(writer, Option::as_mut).map_err(|_| Error::Closed)?;
    if writer.open {
        // SQLite may have undone it by itself, which makes this an error that means nothing.
        let _ = sqlx::query("ROLLBACK").execute(&mut *writer.connection).await;
        writer.open = false;
    }
    Ok(writer)
}

impl Writing<'_> {
    pub async fn commit(mut self) -> Result<()> {
        sqlx::query("COMMIT").execute(&mut *self.0.connection).await?;
        self.0.open = false;
        Ok(())
    }
}

impl Deref for Writing<'_> {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.0.connection
    }
}

impl DerefMut for Writing<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0.connection
    }
}
