//! How people stand to threads.

use super::{
    StoreError,
    bulk::Values,
    columns,
    own_mark::{Mark, OwnMark, OwnMarks, keyed, marks_where, own_mark},
};
use hearth_protocol::{
    Millis,
    ids::{MessageId, UserId},
    rows::ThreadRow,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

/// Of one thread, also where it has ended.
const OF: &str = marks_where!("thread", "root", "changed_at", ", read_pos, following", "root = $1");

impl OwnMark for ThreadRow {
    own_mark!(
        Thread in "thread": "root", "changed_at", ", read_pos, following", 9, "root", "root = $2",
        ", pos = excluded.pos, read_pos = excluded.read_pos, following = excluded.following"
    );

    fn ended(self, at: Millis) -> Self {
        Self { following: false, at, ended_at: Some(at), ..self }
    }

    fn mark(&self) -> Mark {
        let Self { id: message, conversation, pos, at, ended_at, .. } = *self;
        Mark { message, conversation, pos, at, ended_at }
    }

    fn read(mark: Mark, row: &AnyRow) -> Result<Self, StoreError> {
        let Mark { message: id, conversation, pos, at, ended_at } = mark;
        let (read, following) = (columns::number(row, 7)?, row.try_get::<i64, _>(8)? != 0);
        Ok(Self { id, conversation, pos, read, following, at, ended_at })
    }

    fn bind_more(&self, values: &mut Values) {
        values.number(self.read).number(u64::from(self.following));
    }
}

/// How everybody stands to a thread, as far as it is written: in one go, as it may be everyone.
pub(crate) async fn of(connection: &mut AnyConnection, root: MessageId) -> Result<BTreeMap<UserId, ThreadRow>, StoreError> {
    let rows = sqlx::query(OF).bind(root.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(|row| keyed::<ThreadRow>(row).map(|((user, _), thread)| (user, thread))).collect()
}

/// The threads to which somebody stands, wherever they are, as far as that is written.
pub(crate) async fn theirs(connection: &mut AnyConnection, user: UserId) -> Result<OwnMarks<ThreadRow>, StoreError> {
    const SQL: &str = marks_where!("thread", "root", "changed_at", ", read_pos, following", "account = $1 AND ended_at IS NULL");
    let rows = sqlx::query(SQL).bind(user.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(keyed::<ThreadRow>).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::{Dialect, migrate::migrate};
    use hearth_protocol::ids::MutationId;
    use sqlx::{AssertSqlSafe, Connection};

    /// On SQLite, which chooses without statistics.
    #[tokio::test]
    async fn who_stands_to_a_thread_is_found_by_an_index() {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect("sqlite::memory:").await.unwrap();
        migrate(&mut connection, Dialect::Sqlite, 0).await.unwrap();
        // Without the rows that these belong to.
        sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
        let (root, other) = (MutationId::new(), MutationId::new());
        let (follows, left, elsewhere) = (UserId::new(), UserId::new(), UserId::new());
        for (user, of, following) in [(follows, root, 1_i64), (left, root, 0), (elsewhere, other, 1)] {
            sqlx::query(
                "INSERT INTO thread (account, root, conversation, read_pos, following, changed_at, seq) VALUES ($1, $2, $2, 7, $3, 1, 1)",
            )
            .bind(user.as_bytes().to_vec())
            .bind(of.as_bytes().to_vec())
            .bind(following)
            .execute(&mut connection)
            .await
            .unwrap();
        }
        let found = of(&mut connection, root).await.unwrap();
        let stands: BTreeMap<UserId, (bool, u64)> = found.into_iter().map(|(user, row)| (user, (row.following, row.read))).collect();
        assert_eq!(stands, [(follows, (true, 7)), (left, (false, 7))].into());
        let sql = format!("EXPLAIN QUERY PLAN {OF}");
        let steps = sqlx::query(AssertSqlSafe(sql)).bind(vec![0_u8; 16]).fetch_all(&mut connection).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|row| row.get(3)).collect();
        assert!(steps.iter().all(|step| step.starts_with("SEARCH") && step.contains("thread_by_root")), "{steps:#?}");
    }
}
