//! For tests alone: the visible state as text, and faults.

use crate::{Replica, Result, apply::rows::DUMPS, connection::Durability};
use sqlx::{AssertSqlSafe, Row};

/// What a person can see besides rows, in an order that does not depend on how it came. Cursors, hidden rows and the outbox are not in it.
const DERIVED: &[(&str, &str)] = &[
    ("person", "SELECT lower(hex(user)) || ' ' || json_array(username, first_name, last_name) FROM person ORDER BY user"),
    ("unknown_row", "SELECT stream || ' ' || kind || ' ' || id || ' ' || seq || ' ' || raw FROM unknown_row ORDER BY stream, kind, id"),
    ("known", "SELECT lower(hex(conversation)) || ' ' || from_pos || ' ' || to_pos FROM known ORDER BY conversation, from_pos"),
    (
        "line",
        "SELECT lower(hex(conversation)) || ' ' || json_array(kind, lower(hex(peer)), last_n IS NULL, active_at, read_pos, unread)
         FROM line WHERE listed = 1 ORDER BY conversation",
    ),
    ("messages", "SELECT value FROM meta WHERE name = 'messages' AND value <> '0'"),
];

impl Replica {
    /// Every visible synced row, one a line, in a fixed order: two replicas of one person are equal when these are.
    pub async fn dump(&self) -> Result<String> {
        let mut tx = self.read().await?;
        let mut out = String::new();
        for (table, sql) in DUMPS.iter().chain(DERIVED) {
            for row in sqlx::query(AssertSqlSafe(*sql)).fetch_all(&mut *tx).await? {
                let line: Option<String> = row.try_get(0)?;
                out.push_str(&format!("{table} {}\n", line.unwrap_or_default()));
            }
        }
        Ok(out)
    }

    /// Lets the file grow to so many pages and no further, as a full disk would; `None` lifts it.
    pub async fn limit_pages(&self, pages: Option<u32>) -> Result<u32> {
        let mut tx = self.write(Durability::Forever).await?;
        let sql = format!("PRAGMA max_page_count = {}", pages.unwrap_or(u32::MAX - 1));
        let limit: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(crate::sql::small(limit))
    }

    /// Marks the file as written by a Hearth of the future.
    pub async fn pretend_newer(&self) -> Result<()> {
        let mut tx = self.write(Durability::Forever).await?;
        sqlx::query("PRAGMA user_version = 9999").execute(&mut *tx).await?;
        tx.commit().await
    }
}
