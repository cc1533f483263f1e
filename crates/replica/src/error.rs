//! What can go wrong in the database, told apart by what to do about it.

use std::io;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was written; everything that was there still is. It works again when there is room.
    #[error("The disk is full. Make room and try again; nothing was lost.")]
    DiskFull,
    /// The file's bytes are not what was written: put it aside and sync again.
    #[error("The local database is damaged: {0}")]
    Damaged(String),
    /// The message is not on this computer, or not visible.
    #[error("There is no such message on this computer.")]
    NoSuchMessage,
    #[error("The replica was closed.")]
    Closed,
    #[error("The local database failed: {0}")]
    Database(sqlx::Error),
}

/// Why a replica does not open. The file is never changed by a refusal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Not readable with this key. Both reasons look alike from here; whoever knows where the key came from can tell.
    #[error("The local database does not open with this key, or is damaged.")]
    WrongKeyOrDamaged,
    /// Written by a newer Hearth.
    #[error("The local database has version {found}; this Hearth reads up to {known}. Install a newer Hearth.")]
    Newer { found: i64, known: i64 },
    #[error("The disk is full. Make room and start again.")]
    DiskFull,
    #[error("The local database cannot be opened: {0}")]
    Io(#[from] io::Error),
    #[error("The local database cannot be opened: {0}")]
    Database(sqlx::Error),
}

const SQLITE_ERROR: i32 = 1;
/// What SQLCipher's refusal of a page becomes on the way up: an error without a text of its own. Errors in statements have one.
const PAGE_REFUSED: &str = "SQL logic error";
const SQLITE_CORRUPT: i32 = 11;
const SQLITE_FULL: i32 = 13;
const SQLITE_NOTADB: i32 = 26;
/// The file ends too early.
const SQLITE_IOERR_SHORT_READ: i32 = 522;
/// Growing the shared-memory file failed, which is a full disk.
const SQLITE_IOERR_SHMSIZE: i32 = 4874;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => return Self::Closed,
            sqlx::Error::Io(io) if io.kind() == io::ErrorKind::StorageFull => return Self::DiskFull,
            sqlx::Error::Database(database) => match database.code().and_then(|code| code.parse::<i32>().ok()) {
                Some(SQLITE_IOERR_SHMSIZE) => return Self::DiskFull,
                Some(code) if code & 0xff == SQLITE_FULL => return Self::DiskFull,
                Some(code) if matches!(code & 0xff, SQLITE_CORRUPT | SQLITE_NOTADB) || code == SQLITE_IOERR_SHORT_READ => {
                    return Self::Damaged(database.message().into());
                }
                Some(SQLITE_ERROR) if database.message() == PAGE_REFUSED => {
                    return Self::Damaged("a page was changed by something else than Hearth".into());
                }
                _ => {}
            },
            _ => {}
        }
        Self::Database(error)
    }
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        match error {
            Error::DiskFull => Self::DiskFull,
            Error::Damaged(_) => Self::WrongKeyOrDamaged,
            Error::Database(error) => Self::Database(error),
            Error::Closed | Error::NoSuchMessage => Self::Database(sqlx::Error::PoolClosed),
        }
    }
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Error::from(error).into()
    }
}
