//! What people are told of: rows of their own streams.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    message::UNPLACED,
    reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{NotificationId, UserId},
    row::Row,
    rows::{NotificationKind, NotificationRow},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

macro_rules! notification_select {
    ($condition:literal) => {
        concat!(
            "SELECT id, kind, conversation, pos, sender, created_at, read_at, seq, account, thread_root FROM notification WHERE ",
            $condition
        )
    };
}

const TOLD_OF: &str = notification_select!("id = $1 AND read_at IS NULL");

impl Stored for NotificationRow {
    type Record = NotificationRow;

    fn row(record: &NotificationRow) -> Self {
        record.clone()
    }

    /// A new message has its place by now: what tells of it comes after it.
    async fn learn(record: &mut NotificationRow, _stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        if let (Some(UNPLACED), Some(conversation)) = (record.pos, record.conversation) {
            record.pos = view.conversation(conversation).await?.map(|facts| facts.last_pos);
        }
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = notification_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, id LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = notification_select!("account = $1 AND id = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, NotificationRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO notification (account, id, kind, conversation, pos, sender, created_at, read_at, seq, thread_root) VALUES",
            10,
            "ON CONFLICT (account, id) DO UPDATE SET kind = excluded.kind, created_at = excluded.created_at, read_at = excluded.read_at, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).add(row.kind.as_str());
                values.add(row.conversation.map(|id| id.as_bytes().to_vec())).add(row.pos.map(columns::to_big));
                values.add(row.sender.map(|id| id.as_bytes().to_vec()));
                values.add(row.created_at).add(row.read_at).number(put.seq);
                values.add(row.thread_root.map(|id| id.as_bytes().to_vec()));
            })
            .await
    }
}

/// What everybody is told of one thing and has not read, as far as it is written: in one go, as it may be everyone's.
pub(crate) async fn told_of(connection: &mut AnyConnection, id: NotificationId) -> Result<BTreeMap<UserId, NotificationRow>, StoreError> {
    let rows = sqlx::query(TOLD_OF).bind(id.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((columns::user(row, 8)?, told(row)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    Ok(Row::new(columns::number(row, 7)?, told(row)?))
}

fn told(row: &AnyRow) -> Result<NotificationRow, StoreError> {
    let conversation: Option<Vec<u8>> = row.try_get(2)?;
    let sender: Option<Vec<u8>> = row.try_get(4)?;
    Ok(NotificationRow {
        id: NotificationId(columns::uuid(row, 0)?),
        kind: NotificationKind::parse(row.try_get(1)?),
        conversation: if conversation.is_some() { Some(columns::conversation(row, 2)?) } else { None },
        pos: columns::number_or_none(row, 3)?,
        thread_root: columns::message_or_none(row, 9)?,
        sender: if sender.is_some() { Some(columns::user(row, 4)?) } else { None },
        created_at: row.try_get(5)?,
        read_at: row.try_get(6)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::{Dialect, migrate::migrate};
    use sqlx::{AssertSqlSafe, Connection};
    use std::collections::BTreeSet;

    /// On SQLite, which chooses without statistics.
    #[tokio::test]
    async fn who_is_told_of_a_message_is_found_by_an_index_and_whoever_has_read_it_is_not() {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect("sqlite::memory:").await.unwrap();
        migrate(&mut connection, Dialect::Sqlite, 0).await.unwrap();
        // Without the rows that these belong to.
        sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
        let (message, other) = (NotificationId(uuid::Uuid::from_u128(1)), NotificationId(uuid::Uuid::from_u128(2)));
        let (waits, too, has_read) = (UserId::new(), UserId::new(), UserId::new());
        for (user, id, read_at) in [(waits, message, None), (too, message, None), (has_read, message, Some(5_i64)), (waits, other, None)] {
            sqlx::query("INSERT INTO notification (account, id, kind, created_at, read_at, seq) VALUES ($1, $2, 'mention', 1, $3, 1)")
                .bind(user.as_bytes().to_vec())
                .bind(id.as_bytes().to_vec())
                .bind(read_at)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        let told = told_of(&mut connection, message).await.unwrap();
        assert_eq!(told.keys().copied().collect::<BTreeSet<_>>(), [waits, too].into());
        assert!(told.values().all(|row| row.id == message && row.kind == NotificationKind::Mention));
        let sql = format!("EXPLAIN QUERY PLAN {TOLD_OF}");
        let steps = sqlx::query(AssertSqlSafe(sql)).bind(vec![0_u8; 16]).fetch_all(&mut connection).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|row| row.get(3)).collect();
        assert!(steps.iter().all(|step| step.starts_with("SEARCH") && step.contains("notification_of_message")), "{steps:#?}");
    }
}
