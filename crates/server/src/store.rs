//! The database: one SQL text for SQLite and PostgreSQL, through sqlx's `Any` driver.
//!
//! `store/<noun>.rs` holds a table's queries, and for a row kind its `impl Stored` (`rows.rs`). Nothing outside this folder writes SQL, and nothing in here decides who may do what.

pub(crate) mod account;
pub(crate) mod arrangement;
pub(crate) mod audit;
pub(crate) mod block;
pub(crate) mod bulk;
pub(crate) mod change_log;
pub(crate) mod channel;
pub(crate) mod code;
pub(crate) mod collected;
pub(crate) mod collection;
pub(crate) mod columns;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod delivered;
pub(crate) mod device;
pub(crate) mod device_key;
mod dialect;
pub(crate) mod erasure;
mod error;
pub(crate) mod external;
pub(crate) mod group;
pub(crate) mod group_member;
pub(crate) mod group_membership;
pub(crate) mod head;
pub(crate) mod hidden;
pub(crate) mod invitation;
pub(crate) mod invite_link;
pub(crate) mod login;
pub(crate) mod marks;
pub(crate) mod media;
pub(crate) mod member;
pub(crate) mod membership;
pub(crate) mod message;
pub(crate) mod meta;
mod migrate;
pub(crate) mod moment;
pub(crate) mod mutation;
pub(crate) mod notification;
mod open;
pub(crate) mod own_mark;
pub(crate) mod pin;
pub(crate) mod profile;
pub(crate) mod reaction;
pub(crate) mod read_marker;
pub(crate) mod read_receipt;
mod reads;
pub(crate) mod retention;
pub(crate) mod role;
pub(crate) mod rows;
pub(crate) mod scheduled;
pub(crate) mod server_invite;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod star;
pub(crate) mod stream;
pub(crate) mod thread;
pub(crate) mod tie;
pub(crate) mod tombstone;
pub(crate) mod two_step;
pub(crate) mod version;
mod writing;

pub use dialect::Dialect;
pub use error::StoreError;
pub use open::OpenError;
pub(crate) use writing::{Health, Writing};

use sqlx::{Any, AnyConnection, AnyPool, Transaction, any::AnyConnectOptions};

/// The one shard that there is.
pub(crate) const SHARD: u16 = 0;

/// An open database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    options: AnyConnectOptions,
    dialect: Dialect,
    health: Health,
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

    /// Begins a writing transaction for what belongs to no stream: sessions, codes, passwords, device keys, pruning.
    pub(crate) async fn write(&self) -> Result<Writing, StoreError> {
        Ok(Writing::new(self.pool.begin_with(self.dialect.begin_write()).await?, self.health.clone()))
    }

    /// Resolves when a commit outside the committer met a failing disk, with the reason; never otherwise.
    pub(crate) async fn failed(&self) -> String {
        self.health.failed().await
    }

    /// Moves what the log holds into the database's file, as far as nobody reads it. SQLite would do so by itself and keep its errors to
    /// itself: after an fsync that failed there it would go on, and drop from the log what is not on the disk.
    pub(crate) async fn fold_log(&self) -> Result<(), StoreError> {
        if let Some(fold) = self.dialect.fold_log() {
            let folded = sqlx::raw_sql(fold).execute(&self.pool).await;
            folded.map_err(|error| self.health.note(error.into()))?;
        }
        Ok(())
    }

    /// A connection of its own, for the committer.
    pub(crate) async fn connect(&self) -> Result<AnyConnection, StoreError> {
        open::connect(&self.options, self.dialect).await
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }
}
