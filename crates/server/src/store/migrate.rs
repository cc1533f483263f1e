//! Numbered migrations: each runs once, in order, in one transaction.

use super::{Dialect, StoreError, open::OpenError};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row as _};

/// Every migration: number, name, text. A migration that has landed is never edited.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "spine", include_str!("../../migrations/0001_spine.sql")),
    (2, "windows", include_str!("../../migrations/0002_windows.sql")),
    (3, "groups", include_str!("../../migrations/0003_groups.sql")),
    (4, "tombstones", include_str!("../../migrations/0004_tombstones.sql")),
    (5, "receipts", include_str!("../../migrations/0005_receipts.sql")),
    (6, "retention", include_str!("../../migrations/0006_retention.sql")),
    (7, "group_streams", include_str!("../../migrations/0007_group_streams.sql")),
    (8, "profiles", include_str!("../../migrations/0008_profiles.sql")),
    (9, "codes", include_str!("../../migrations/0009_codes.sql")),
    (10, "devices", include_str!("../../migrations/0010_devices.sql")),
    (11, "friends", include_str!("../../migrations/0011_friends.sql")),
    (12, "group_life", include_str!("../../migrations/0012_group_life.sql")),
    (13, "deletion", include_str!("../../migrations/0013_deletion.sql")),
    (14, "two_step", include_str!("../../migrations/0014_two_step.sql")),
    (15, "group_invitations", include_str!("../../migrations/0015_group_invitations.sql")),
    (16, "notifications", include_str!("../../migrations/0016_notifications.sql")),
    (17, "pictures", include_str!("../../migrations/0017_pictures.sql")),
    (18, "external_accounts", include_str!("../../migrations/0018_external_accounts.sql")),
    (21, "group_pictures", include_str!("../../migrations/0021_group_pictures.sql")),
    (22, "deleted_groups", include_str!("../../migrations/0022_deleted_groups.sql")),
];

/// The newest schema that this build knows.
pub(super) fn known() -> i64 {
    MIGRATIONS.iter().map(|(number, ..)| *number).max().unwrap_or(0)
}

/// The bookkeeping table; it is made by code because every migration needs it.
const BOOKKEEPING: &str = "\
CREATE TABLE IF NOT EXISTS migration (
    -- The migration's number, from 1.
    number BIGINT NOT NULL PRIMARY KEY,
    -- Its name.
    name TEXT NOT NULL,
    -- When it ran.
    applied_at BIGINT NOT NULL
);";

/// The newest migration that has run here; 0 for an empty database. Changes nothing.
async fn found(connection: &mut AnyConnection, dialect: Dialect) -> Result<i64, StoreError> {
    if sqlx::query(dialect.find_bookkeeping()).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(0);
    }
    let row = sqlx::query("SELECT COALESCE(MAX(number), 0) FROM migration").fetch_one(&mut *connection).await?;
    Ok(row.try_get(0)?)
}

/// Fails if a newer build has migrated this database, before anything is written.
pub(super) async fn refuse_newer(connection: &mut AnyConnection, dialect: Dialect) -> Result<(), OpenError> {
    let found = found(connection, dialect).await?;
    if found > known() { Err(OpenError::Newer { found, known: known() }) } else { Ok(()) }
}

/// Runs what has not run yet.
pub(super) async fn migrate(connection: &mut AnyConnection, dialect: Dialect, now: i64) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with(dialect.begin_write()).await?;
    if let Some(lock) = dialect.lock_migrations() {
        sqlx::raw_sql(lock).execute(&mut *transaction).await?;
    }
    sqlx::raw_sql(AssertSqlSafe(dialect.migration(BOOKKEEPING))).execute(&mut *transaction).await?;
    let done = found(&mut transaction, dialect).await?;
    for (number, name, text) in MIGRATIONS.iter().filter(|(number, ..)| *number > done) {
        sqlx::raw_sql(AssertSqlSafe(dialect.migration(text))).execute(&mut *transaction).await?;
        sqlx::query("INSERT INTO migration (number, name, applied_at) VALUES ($1, $2, $3)")
            .bind(*number)
            .bind(*name)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        tracing::info!(number, name, "migrated the database");
    }
    Ok(transaction.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_from_one_and_every_column_has_its_comment() {
        for (index, (number, _, text)) in MIGRATIONS.iter().enumerate() {
            assert_eq!(*number, index as i64 + 1);
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(2) {
                let [before, line] = pair else { continue };
                let column =
                    line.starts_with("    ") && !line.trim_start().starts_with("--") && !line.trim_start().starts_with("PRIMARY KEY");
                assert!(!column || before.trim_start().starts_with("--"), "no comment before: {line}");
                assert!(!line.starts_with("CREATE TABLE") || before.starts_with("--"), "no comment before: {line}");
            }
        }
    }
}
