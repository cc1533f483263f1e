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
    (19, "administration", include_str!("../../migrations/0019_administration.sql")),
    (20, "no_password", include_str!("../../migrations/0020_no_password.sql")),
    (21, "group_pictures", include_str!("../../migrations/0021_group_pictures.sql")),
    (22, "deleted_groups", include_str!("../../migrations/0022_deleted_groups.sql")),
    (23, "mentions", include_str!("../../migrations/0023_mentions.sql")),
    (24, "arrangements", include_str!("../../migrations/0024_arrangements.sql")),
    (25, "unread", include_str!("../../migrations/0025_unread.sql")),
    (26, "reactions", include_str!("../../migrations/0026_reactions.sql")),
    (27, "stars", include_str!("../../migrations/0027_stars.sql")),
    (28, "pins", include_str!("../../migrations/0028_pins.sql")),
    (29, "versions", include_str!("../../migrations/0029_versions.sql")),
    (30, "replies", include_str!("../../migrations/0030_replies.sql")),
    (31, "system", include_str!("../../migrations/0031_system.sql")),
    (32, "forwarded", include_str!("../../migrations/0032_forwarded.sql")),
    (33, "ended", include_str!("../../migrations/0033_ended.sql")),
    (34, "hidden_and_deleted", include_str!("../../migrations/0034_hidden_and_deleted.sql")),
    (35, "scheduled", include_str!("../../migrations/0035_scheduled.sql")),
    (36, "ends", include_str!("../../migrations/0036_ends.sql")),
    (37, "conversation_pictures", include_str!("../../migrations/0037_conversation_pictures.sql")),
    (38, "collections", include_str!("../../migrations/0038_collections.sql")),
    (39, "threads", include_str!("../../migrations/0039_threads.sql")),
    (40, "language", include_str!("../../migrations/0040_language.sql")),
    (41, "threads_by_root", include_str!("../../migrations/0041_threads_by_root.sql")),
    (42, "threads_end", include_str!("../../migrations/0042_threads_end.sql")),
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
    #![allow(clippy::unwrap_used)]
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

    /// On SQLite, which refuses more.
    #[tokio::test]
    async fn an_empty_password_is_none_afterwards_and_what_refers_to_the_account_stays() {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect("sqlite::memory:").await.unwrap();
        let run = async |connection: &mut AnyConnection, sql: &str| {
            sqlx::raw_sql(AssertSqlSafe(Dialect::Sqlite.migration(sql))).execute(connection).await.unwrap();
        };
        run(&mut connection, "PRAGMA foreign_keys = ON").await;
        for (_, _, text) in MIGRATIONS.iter().filter(|(number, ..)| *number < 20) {
            run(&mut connection, text).await;
        }
        for (id, hash) in [("01", ""), ("02", "$argon2id$x")] {
            let account = format!(
                "INSERT INTO account (id, username, username_key, first_name, last_name, search_key, password_hash, role, created_at, seq) \
                 VALUES (x'{id}', '{id}', '{id}', '', '', '', '{hash}', 'member', 0, 0)"
            );
            run(&mut connection, &account).await;
            let external = format!(
                "INSERT INTO external_account (id, account, type, provider, provider_account_id, label, sealed_by, linked_at) \
                 VALUES (x'{id}', x'{id}', 'oidc', 'p', '{id}', '', '', 0)"
            );
            run(&mut connection, &external).await;
        }
        for (_, _, text) in MIGRATIONS.iter().filter(|(number, ..)| *number >= 20) {
            run(&mut connection, text).await;
        }
        let rows = sqlx::query(
            "SELECT a.username, a.password_hash FROM account a JOIN external_account e ON e.account = a.id ORDER BY a.username",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let found: Vec<(String, Option<String>)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        assert_eq!(found, [("01".into(), None), ("02".into(), Some("$argon2id$x".into()))]);
        assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap().is_empty());
        assert!(sqlx::raw_sql("DELETE FROM account").execute(&mut connection).await.is_err(), "it still refers");
    }
}
