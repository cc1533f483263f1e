//! Lists of messages that people have made for themselves.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{CollectionId, UserId},
    row::Row,
    rows::CollectionRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;

macro_rules! collection_select {
    ($condition:literal) => {
        concat!("SELECT id, name, created_at, ended_at, seq FROM collection WHERE ", $condition)
    };
}

impl Stored for CollectionRow {
    type Record = CollectionRow;

    fn row(record: &CollectionRow) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut CollectionRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = collection_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, id LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = collection_select!("account = $1 AND id = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, CollectionRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO collection (account, id, name, created_at, ended_at, seq) VALUES",
            6,
            "ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, ended_at = excluded.ended_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).add(row.name.clone());
                values.add(row.at).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// Those that somebody has, as far as they are written.
pub(crate) async fn open(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<CollectionId>, StoreError> {
    let sql = "SELECT id FROM collection WHERE account = $1 AND ended_at IS NULL";
    let rows = sqlx::query(sql).bind(user.as_bytes().to_vec()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(CollectionId(columns::uuid(row, 0)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data =
        CollectionRow { id: CollectionId(columns::uuid(row, 0)?), name: row.try_get(1)?, at: row.try_get(2)?, ended_at: row.try_get(3)? };
    Ok(Row::new(columns::number(row, 4)?, data))
}
