//! How people stand to threads.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{MessageId, MutationId, UserId},
    row::Row,
    rows::ThreadRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

macro_rules! thread_select {
    ($condition:literal) => {
        concat!("SELECT root, conversation, read_pos, following, changed_at, seq, account FROM thread WHERE ", $condition)
    };
}

const OF: &str = thread_select!("root = $1");

impl Stored for ThreadRow {
    type Record = ThreadRow;

    fn row(record: &ThreadRow) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut ThreadRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let rows = sqlx::query(thread_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, root LIMIT $4"))
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .bind(limit)
            .fetch_all(connection)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let found = sqlx::query(thread_select!("account = $1 AND root = $2"))
            .bind(stream.owner().as_bytes().to_vec())
            .bind(columns::id_of(id)?)
            .fetch_optional(connection)
            .await?;
        found.as_ref().map(read).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, ThreadRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO thread (account, root, conversation, read_pos, following, changed_at, seq) VALUES",
            7,
            "ON CONFLICT (account, root) DO UPDATE SET read_pos = excluded.read_pos, following = excluded.following, \
             changed_at = excluded.changed_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).id(row.conversation.as_bytes()).number(row.read);
                values.number(u64::from(row.following)).add(row.at).number(put.seq);
            })
            .await
    }
}

/// How everybody stands to a thread, as far as it is written: in one go, as it may be everyone.
pub(crate) async fn of(connection: &mut AnyConnection, root: MessageId) -> Result<BTreeMap<UserId, ThreadRow>, StoreError> {
    let rows = sqlx::query(OF).bind(root.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::user(row, 6)?, stands(row)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 5)?, stands(row)?))
}

fn stands(row: &AnyRow) -> Result<ThreadRow, StoreError> {
    Ok(ThreadRow {
        id: MutationId(columns::uuid(row, 0)?),
        conversation: columns::conversation(row, 1)?,
        read: columns::number(row, 2)?,
        following: row.try_get::<i64, _>(3)? != 0,
        at: row.try_get(4)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::{Dialect, migrate::migrate};
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
