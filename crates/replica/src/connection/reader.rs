//! Connections that read.

use super::Writer;
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction, pool::PoolConnection};
use std::ops::{Deref, DerefMut};
use tokio::sync::MappedMutexGuard;

/// Where reading happens.
pub(crate) enum Readers {
    Pool(SqlitePool),
    /// The simulator does one thing at a time: a second connection would only cost it a thread and its statements.
    #[cfg_attr(not(feature = "sim"), expect(dead_code, reason = "the simulator's"))]
    Writer,
}

impl Readers {
    pub async fn close(&self) {
        match self {
            Self::Pool(pool) => pool.close().await,
            Self::Writer => {}
        }
    }
}

/// A connection to read from.
pub(crate) enum Reader<'a> {
    Looking(PoolConnection<Sqlite>),
    Reading(Transaction<'static, Sqlite>),
    Writer(MappedMutexGuard<'a, Writer>),
}

impl Deref for Reader<'_> {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Looking(connection) => connection,
            Self::Reading(transaction) => transaction,
            Self::Writer(writer) => &writer.connection,
        }
    }
}

impl DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Looking(connection) => connection,
            Self::Reading(transaction) => transaction,
            Self::Writer(writer) => &mut writer.connection,
        }
    }
}
