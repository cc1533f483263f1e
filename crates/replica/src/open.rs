//! Opening: the key, the version, the migrations.

use crate::{
    Key, OpenError, Replica,
    connection::{Held, Readers},
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{fs, path::Path, sync::Arc, time::Duration};

/// The schema's history; a file that landed is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_initial.sql"),
    include_str!("../migrations/0002_windows.sql"),
    include_str!("../migrations/0003_groups.sql"),
    include_str!("../migrations/0004_tombstones.sql"),
    include_str!("../migrations/0005_checks.sql"),
    include_str!("../migrations/0006_receipts.sql"),
    include_str!("../migrations/0007_retention.sql"),
    include_str!("../migrations/0008_outbox.sql"),
    include_str!("../migrations/0009_after.sql"),
    include_str!("../migrations/0010_stale.sql"),
    include_str!("../migrations/0011_group_streams.sql"),
    include_str!("../migrations/0012_acknowledged.sql"),
    include_str!("../migrations/0013_profiles.sql"),
    include_str!("../migrations/0014_email.sql"),
    include_str!("../migrations/0015_devices.sql"),
    include_str!("../migrations/0016_friends.sql"),
    include_str!("../migrations/0017_group_life.sql"),
    include_str!("../migrations/0018_two_step.sql"),
    include_str!("../migrations/0019_group_invitations.sql"),
    include_str!("../migrations/0020_notifications.sql"),
    include_str!("../migrations/0021_pictures.sql"),
    include_str!("../migrations/0022_standing.sql"),
    include_str!("../migrations/0023_group_pictures.sql"),
    include_str!("../migrations/0024_deleted_groups.sql"),
    include_str!("../migrations/0025_mentions.sql"),
    include_str!("../migrations/0026_arrangements.sql"),
    include_str!("../migrations/0027_reactions.sql"),
    include_str!("../migrations/0028_stars_and_pins.sql"),
    include_str!("../migrations/0029_versions.sql"),
    include_str!("../migrations/0030_replies.sql"),
    include_str!("../migrations/0031_system.sql"),
    include_str!("../migrations/0032_later.sql"),
    include_str!("../migrations/0033_search_filters.sql"),
    include_str!("../migrations/0034_hidden_and_deleted.sql"),
    include_str!("../migrations/0035_scheduled.sql"),
    include_str!("../migrations/0036_everyone.sql"),
    include_str!("../migrations/0037_conversation_pictures.sql"),
    include_str!("../migrations/0038_collections.sql"),
    include_str!("../migrations/0039_threads.sql"),
    include_str!("../migrations/0040_anew.sql"),
    include_str!("../migrations/0041_threads_kept.sql"),
    include_str!("../migrations/0042_created_by.sql"),
    include_str!("../migrations/0043_thread_unread.sql"),
    include_str!("../migrations/0044_anew.sql"),
];
const BUSY_MS: u64 = 10_000;
/// The page caches, in KiB, as SQLite wants them: negative.
const WRITER_CACHE: &str = "-16000";
const READER_CACHE: &str = "-8000";
/// After a checkpoint the log file shrinks to this.
const WAL_BYTES_KEPT: &str = "16777216";
/// Pages in the log before it is folded into the file: as many as fit in what is kept of it. A first sync changes the same pages again and
/// again, and each folding writes them anew.
const WAL_PAGES: &str = "4000";

impl Replica {
    /// Opens the database at `path` and brings its schema up to date; makes it if there is none. A refusal changes nothing.
    pub async fn open(path: &Path, key: &Key) -> Result<Self, OpenError> {
        create(path)?;
        if fs::metadata(path)?.len() > 0 {
            refuse_newer(path, key).await?;
        }
        let options = options(path, Some(key));
        let writer = connect_to_write(options.clone()).await?;
        let readers = Arc::new(Readers::new(options.read_only(true).pragma("cache_size", READER_CACHE)));
        readers.open_first().await?;
        Self::begin(writer, Some(readers)).await
    }

    /// For the simulator: without the cipher, which looks at nothing but bytes, and over one connection.
    #[cfg(feature = "sim")]
    pub async fn open_plain(path: &Path) -> Result<Self, OpenError> {
        create(path)?;
        Self::begin(connect_to_write(options(path, None)).await?, None).await
    }

    async fn begin(writer: Held, readers: Option<Arc<Readers>>) -> Result<Self, OpenError> {
        let replica = Self::new(writer, readers);
        let learned = replica.learn().await?;
        if learned > 0 {
            tracing::info!(learned, "rows that an older version kept are read now");
        }
        Ok(replica)
    }
}

/// The one connection that writes, with the schema brought up to date.
async fn connect_to_write(options: SqliteConnectOptions) -> Result<Held, OpenError> {
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", WAL_BYTES_KEPT)
        .pragma("wal_autocheckpoint", WAL_PAGES)
        .pragma("cache_size", WRITER_CACHE);
    let mut writer = Held::new(options.connect().await?);
    migrate(&mut writer).await?;
    Ok(writer)
}

/// An empty file that only its owner may read; SQLite gives its log the same rights.
fn create(path: &Path) -> Result<(), OpenError> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::StorageFull => Err(OpenError::DiskFull),
        Err(error) => Err(error.into()),
    }
}

fn options(path: &Path, key: Option<&Key>) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::new().filename(path);
    let options = match key {
        // Errors come back as results; the engine's own lines on stderr would be a second, unreadable report.
        Some(key) => options.pragma("key", key.pragma().to_string()).pragma("cipher_log_level", "NONE"),
        None => options,
    };
    options
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(BUSY_MS))
        .statement_cache_capacity(200)
        // A page of rows crosses from SQLite's thread in one go.
        .row_buffer_size(512)
        // The first statement carries the key: it must never reach a log.
        .disable_statement_logging()
}

/// A connection that cannot write, beside those of an open replica or to a file that is no replica any more.
pub(crate) async fn connect_to_read(path: &Path, key: &Key) -> Result<Held, sqlx::Error> {
    Ok(Held::new(options(path, Some(key)).read_only(true).connect().await?))
}

/// Writes what the log has into the file, beside an open replica or none.
pub(crate) async fn fold(path: &Path, key: &Key) -> Result<(), sqlx::Error> {
    let mut connection = Held::new(options(path, Some(key)).connect().await?);
    sqlx::query("PRAGMA wal_checkpoint(FULL)").fetch_one(&mut *connection).await?;
    connection.close().await;
    Ok(())
}

/// Reads the version through a connection that cannot write.
async fn refuse_newer(path: &Path, key: &Key) -> Result<(), OpenError> {
    let mut connection = connect_to_read(path, key).await?;
    let found = version(&mut connection).await;
    connection.close().await;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match found? {
        found if found > known => Err(OpenError::Newer { found, known }),
        _ => Ok(()),
    }
}

async fn version(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("PRAGMA user_version").fetch_one(connection).await
}

async fn migrate(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let found = version(connection).await?;
    for (version, migration) in (1_i64..).zip(MIGRATIONS) {
        if version <= found {
            continue;
        }
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {version}"))).execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    Ok(())
}
