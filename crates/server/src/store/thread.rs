//! How people stand to threads.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{Seq, ids::MutationId, row::Row, rows::ThreadRow, stream::StreamId};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

macro_rules! thread_select {
    ($condition:literal) => {
        concat!("SELECT root, conversation, read_pos, following, changed_at, seq FROM thread WHERE ", $condition)
    };
}

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

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = ThreadRow {
        id: MutationId(columns::uuid(row, 0)?),
        conversation: columns::conversation(row, 1)?,
        read: columns::number(row, 2)?,
        following: row.try_get::<i64, _>(3)? != 0,
        at: row.try_get(4)?,
    };
    Ok(Row::new(columns::number(row, 5)?, data))
}
