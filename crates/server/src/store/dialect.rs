//! All that differs between the two databases.

use sqlx::{AnyConnection, Database as _, Postgres};

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Reads it off a database URL; `None` for a scheme that Hearth does not know.
    pub fn of(url: &str) -> Option<Self> {
        match url.split(':').next() {
            Some("sqlite") => Some(Self::Sqlite),
            Some("postgres" | "postgresql") => Some(Self::Postgres),
            _ => None,
        }
    }

    /// What a connection speaks.
    pub fn of_connection(connection: &AnyConnection) -> Self {
        match connection.backend_name() {
            Postgres::NAME => Self::Postgres,
            _ => Self::Sqlite,
        }
    }

    /// SQLite must take its write lock at the beginning: a lock that is upgraded midway can only fail.
    pub fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    pub fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// What every new connection says first. FULL is what makes "acknowledged" mean "durable" under WAL.
    pub fn on_connect(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864; \
                 PRAGMA wal_autocheckpoint = 0;"
            }
            Self::Postgres => "SET synchronous_commit = on; SET lock_timeout = '10s'; SET application_name = 'hearthd';",
        }
    }

    /// Moves the log into the file: the committer does it, because nobody hears of the errors when it happens by itself.
    pub fn fold_log(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA wal_checkpoint(PASSIVE)"),
            Self::Postgres => None,
        }
    }

    /// Reads the whole file and says `ok`, or what is wrong with it. A server of its own checks its pages by itself.
    pub fn look_over(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA integrity_check(1)"),
            Self::Postgres => None,
        }
    }

    /// Turns a migration's text into this database's own.
    pub fn migration(self, text: &str) -> String {
        match self {
            Self::Sqlite => text.replace("BIGINT", "INTEGER").replace("BYTEA", "BLOB").replace("\n);", "\n) STRICT;"),
            Self::Postgres => text.to_owned(),
        }
    }

    /// Keeps two first starts on one database apart; SQLite's write lock does that by itself.
    pub fn lock_migrations(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT pg_advisory_xact_lock(7380)"),
        }
    }

    /// Whether the bookkeeping table of migrations exists: gives one row if so.
    pub fn find_bookkeeping(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
            Self::Postgres => {
                "SELECT table_name::TEXT FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'migration'"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_becomes_strict_sqlite() {
        let text = "CREATE TABLE a (\n    id BYTEA NOT NULL,\n    n BIGINT\n);";
        assert_eq!(Dialect::Sqlite.migration(text), "CREATE TABLE a (\n    id BLOB NOT NULL,\n    n INTEGER\n) STRICT;");
        assert_eq!(Dialect::Postgres.migration(text), text);
        assert_eq!(Dialect::of("mysql://x"), None);
    }
}
