//! The database: one SQL text for SQLite and PostgreSQL, through sqlx's `Any` driver.
//!
//! `store/<noun>.rs` holds a table's queries, and for a row kind its `impl Stored` (`rows.rs`). Nothing outside this folder writes SQL, and nothing in here decides who may do what.

pub(crate) mod account;
pub(crate) mod bulk;
pub(crate) mod change_log;
pub(crate) mod columns;
pub(crate) mod conversation;
pub(crate) mod device_key;
mod dialect;
mod error;
pub(crate) mod head;
pub(crate) mod member;
pub(crate) mod membership;
pub(crate) mod message;
pub(crate) mod meta;
mod migrate;
pub(crate) mod mutation;
mod open;
pub(crate) mod read_marker;
pub(crate) mod rows;
pub(crate) mod session;
pub(crate) mod stream;
pub(crate) mod tombstone;

pub use dialect::Dialect;
pub use error::StoreError;
pub use open::OpenError;

use sqlx::{Any, AnyConnection, AnyPool, Transaction, any::AnyConnectOptions};

/// The one shard that there is.
pub(crate) const SHARD: u16 = 0;

/// An open database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    options: AnyConnectOptions,
    dialect: Dialect,
}

impl Store {
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Begins a transaction that sees one moment of the database, whatever else commits meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.pool.begin_with(self.dialect.begin_snapshot()).await?)
    }

    /// A connection for a single statement.
    #[cfg(feature = "sim")]
    pub(crate) async fn look(&self) -> Result<sqlx::pool::PoolConnection<Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// Begins a writing transaction for what belongs to no stream: sessions, device keys, pruning.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.pool.begin_with(self.dialect.begin_write()).await?)
    }

    /// A connection of its own, for the committer.
    pub(crate) async fn connect(&self) -> Result<AnyConnection, StoreError> {
        open::connect(&self.options, self.dialect).await
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}
