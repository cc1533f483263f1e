//! What can go wrong with a database, told apart by what the server does about it.

use hearth_protocol::error::{ApiError, ErrorCode};
use sqlx::{postgres::PgDatabaseError, sqlite::SqliteError};

/// A failed query or commit.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no space is left for the database: {0}")]
    Full(#[source] sqlx::Error),
    /// An I/O error or corruption: what was written is unknown, and nothing may be acknowledged any more.
    #[error("the database's storage failed: {0}")]
    Failed(#[source] sqlx::Error),
    /// Locked for too long, or not reachable.
    #[error("the database does not answer: {0}")]
    Away(#[source] sqlx::Error),
    #[error("the database refused: {0}")]
    Refused(#[source] sqlx::Error),
    /// Another process wrote meanwhile what was free a moment ago: nothing has happened, and who looks again sees it.
    #[error("another process was quicker")]
    Overtaken,
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
}

impl StoreError {
    /// The database answered, and what it has cannot be understood: asking it for something else may go well.
    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::Refused(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) => {
                if let Some(sqlite) = inner.try_downcast_ref::<SqliteError>() {
                    let code = sqlx::error::DatabaseError::code(sqlite).and_then(|code| code.parse::<i32>().ok()).unwrap_or_default();
                    return of_sqlite(code, error);
                }
                if let Some(postgres) = inner.try_downcast_ref::<PgDatabaseError>() {
                    let state = postgres.code().to_owned();
                    return of_postgres(&state, error);
                }
                Self::Refused(error)
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_) => Self::Away(error),
            _ => Self::Refused(error),
        }
    }
}

/// Result codes of sqlite.org/rescode.html; the low byte is the primary one.
fn of_sqlite(code: i32, error: sqlx::Error) -> StoreError {
    match code & 0xff {
        13 => StoreError::Full(error),
        5 | 6 => StoreError::Away(error),
        7 | 8 | 10 | 11 | 14 | 26 => StoreError::Failed(error),
        _ => StoreError::Refused(error),
    }
}

/// SQLSTATEs: 53100 is a full disk; classes 08, 53, 57 and 40 pass with time.
fn of_postgres(state: &str, error: sqlx::Error) -> StoreError {
    match state {
        "53100" => StoreError::Full(error),
        "55P03" => StoreError::Away(error),
        _ if ["08", "53", "57", "40", "58"].iter().any(|class| state.starts_with(class)) => StoreError::Away(error),
        _ => StoreError::Refused(error),
    }
}

impl From<StoreError> for ApiError {
    /// The one place where a failed query is logged; the person gets a sentence without its details.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a query failed");
        match error {
            StoreError::Full(_) => {
                Self::new(ErrorCode::StorageFull, "The server's disk is full. Tell its owner; it will be tried again.").retry_after(10_000)
            }
            StoreError::Away(_) | StoreError::Failed(_) | StoreError::Overtaken => {
                Self::new(ErrorCode::Unavailable, "The server cannot reach its database at the moment. Try again in a moment.")
                    .retry_after(2_000)
            }
            StoreError::Refused(_) | StoreError::Unreadable(_) => {
                Self::new(ErrorCode::Internal, "The server made a mistake. Its log says more; try again later.").retry_after(10_000)
            }
        }
    }
}
