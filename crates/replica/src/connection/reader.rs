//! Connections that read.

use super::{Held, Writer};
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};
use tokio::{
    runtime::Handle,
    sync::{MappedMutexGuard, OwnedSemaphorePermit, Semaphore},
};

/// Pages read by several parts of the window at once; each has a page cache of its own.
const READERS_MAX: u32 = 4;

/// Connections that read, opened as they are needed and kept. A pool of sqlx would do, but for its end: it gives back its connections by
/// tasks of their own, so that nothing can wait for them without a runtime.
pub(crate) struct Readers {
    options: SqliteConnectOptions,
    idle: std::sync::Mutex<Vec<Held>>,
    free: Arc<Semaphore>,
}

/// A connection to read from.
pub(crate) enum Reader<'a> {
    Lent(Lent),
    Writer(MappedMutexGuard<'a, Writer>),
}

/// One of the readers; it goes back when it is dropped.
pub(crate) struct Lent {
    connection: Held,
    in_snapshot: bool,
    readers: Arc<Readers>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Readers {
    pub fn new(options: SqliteConnectOptions) -> Self {
        Self { options, idle: std::sync::Mutex::default(), free: Arc::new(Semaphore::new(READERS_MAX as usize)) }
    }

    /// Opens the first.
    pub async fn open_first(self: &Arc<Self>) -> sqlx::Result<()> {
        self.lend().await.map(drop)
    }

    pub async fn lend(self: &Arc<Self>) -> sqlx::Result<Lent> {
        let permit = Arc::clone(&self.free).acquire_owned().await.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => Held::new(self.options.connect().await?),
        };
        Ok(Lent { connection, in_snapshot: false, readers: Arc::clone(self), permit: Some(permit) })
    }

    /// What is read from it is as it was at its first statement.
    pub async fn lend_snapshot(self: &Arc<Self>) -> sqlx::Result<Lent> {
        let mut lent = self.lend().await?;
        lent.in_snapshot = true;
        sqlx::query("BEGIN").execute(&mut *lent.connection).await?;
        Ok(lent)
    }

    /// Waits until nobody reads any more.
    pub async fn close(&self) {
        let all = self.free.acquire_many(READERS_MAX).await;
        self.free.close();
        drop(all);
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            connection.close().await;
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Held>> {
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Drop for Lent {
    /// A snapshot that stayed open would keep the log from being folded.
    fn drop(&mut self) {
        let (mut connection, permit, readers) = (self.connection.take(), self.permit.take(), Arc::clone(&self.readers));
        if !self.in_snapshot {
            readers.idle().push(connection);
        } else if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if sqlx::query("ROLLBACK").execute(&mut *connection).await.is_ok() {
                    readers.idle().push(connection);
                }
                drop(permit);
            });
        }
    }
}

impl Deref for Reader<'_> {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Lent(lent) => &lent.connection,
            Self::Writer(writer) => &writer.connection,
        }
    }
}

impl DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Lent(lent) => &mut lent.connection,
            Self::Writer(writer) => &mut writer.connection,
        }
    }
}
