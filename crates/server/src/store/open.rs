//! Opening the database: connect, refuse what is newer, migrate, make a pool.

use super::{Dialect, Health, Store, StoreError, migrate};
use sqlx::{
    AnyConnection, ConnectOptions, Connection,
    any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers},
    sqlite::SqliteConnectOptions,
};
use std::{path::Path, str::FromStr, time::Duration};

/// Connections for reading and for small writes; the committer has one of its own. The simulator does one thing at a time.
const CONNECTIONS_MAX: u32 = if cfg!(feature = "sim") { 1 } else { 8 };

/// Why a database did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "The database was last used by a newer Hearth (its schema is {found}, this one knows {known}). Start that version again, or restore a backup made before the update. Nothing was changed."
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "The database is damaged ({0}). Nothing was changed. Put the files hearth.db and hearth.db-wal aside and restore a backup of hearth.db; leave the file \"epoch\" where it is, so that everybody's Hearth notices."
    )]
    Damaged(String),
    #[error("\"{0}\" is not a database that Hearth knows. Use a data folder, or a URL that starts with postgres://.")]
    Url(String),
    #[error("The database could not be opened: {0}")]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Opens the SQLite database in a file, making it if need be.
    pub(crate) async fn open_file(path: &Path, now: i64) -> Result<Self, OpenError> {
        let url = SqliteConnectOptions::new().filename(path).create_if_missing(true).to_url_lossy();
        Self::open(url.as_str(), now).await
    }

    /// Opens the database at a URL and brings its schema up to date. Times in milliseconds.
    ///
    /// # Errors
    /// [`OpenError::Newer`] before anything is touched if a newer build was here.
    pub(crate) async fn open(url: &str, now: i64) -> Result<Self, OpenError> {
        install_default_drivers();
        // Never the URL itself: it may hold a password.
        let unknown = || OpenError::Url(url.split(':').next().unwrap_or_default().to_owned());
        let dialect = Dialect::of(url).ok_or_else(unknown)?;
        let options = AnyConnectOptions::from_str(url).map_err(|_| unknown())?;
        let mut connection = AnyConnection::connect_with(&options).await?;
        migrate::refuse_newer(&mut connection, dialect).await.map_err(damaged)?;
        greet(&mut connection, dialect).await.map_err(|error| damaged(error.into()))?;
        look_over(&mut connection, dialect).await?;
        migrate::migrate(&mut connection, dialect, now).await?;
        connection.close().await?;

        let pool = AnyPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .acquire_timeout(Duration::from_secs(15))
            // A file does not go away; a connection to another computer may.
            .test_before_acquire(dialect == Dialect::Postgres)
            // A commit that failed leaves sqlx believing in a transaction that SQLite has undone: such a connection is of no use.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .after_connect(move |connection, _| Box::pin(async move { greet(connection, dialect).await }))
            .connect_with(options.clone())
            .await?;
        Ok(Self { pool, options, dialect, health: Health::default() })
    }
}

/// A single connection outside the pool, set up like those in it.
pub(super) async fn connect(options: &AnyConnectOptions, dialect: Dialect) -> Result<AnyConnection, StoreError> {
    let mut connection = AnyConnection::connect_with(options).await?;
    greet(&mut connection, dialect).await?;
    Ok(connection)
}

/// A file that lies still decays, and a crash may have met a disk that lies: looked at as a whole before anybody is told what is in it.
async fn look_over(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), OpenError> {
    let Some(sql) = dialect.look_over() else { return Ok(()) };
    let said: String = sqlx::query_scalar(sql).fetch_one(connection).await.map_err(|error| damaged(OpenError::from(error)))?;
    // A heading may stand before what was found.
    let found = said.lines().last().unwrap_or_default();
    if found == "ok" { Ok(()) } else { Err(OpenError::Damaged(found.to_owned())) }
}

/// What SQLite calls malformed, or no database at all, has an own sentence.
fn damaged(error: OpenError) -> OpenError {
    match error {
        OpenError::Store(StoreError::Failed(inner)) => OpenError::Damaged(inner.to_string()),
        other => other,
    }
}

async fn greet(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(dialect.on_connect()).execute(connection).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::fs;

    #[tokio::test]
    async fn a_damaged_file_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hearth.db");
        Store::open_file(&path, 0).await.unwrap().close().await;
        Store::open_file(&path, 0).await.unwrap().close().await;
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.chunks_mut(4_096).last().unwrap();
        last[0] = 0xff;
        fs::write(&path, &bytes).unwrap();
        let Err(error) = Store::open_file(&path, 0).await else { panic!("a damaged file was opened") };
        assert!(matches!(error, OpenError::Damaged(_)), "{error}");
        let words = error.to_string();
        assert!(words.contains("restore a backup") && !words.contains('\n'), "one sentence, in one line: {words:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "a refusal changes nothing");
    }
}
