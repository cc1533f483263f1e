//! Groups' own facts.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::{GroupId, UserId},
    row::Row,
    rows::GroupRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A group as it is written.
pub(crate) struct Group {
    pub row: GroupRow,
    pub created_by: UserId,
}

impl Stored for GroupRow {
    type Record = Group;

    fn row(record: &Group) -> Self {
        record.row.clone()
    }

    async fn learn(record: &mut Group, _stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        view.learn_group(record.row.id);
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), _limit: i64) -> Result<Vec<Row>, StoreError> {
        let row = sqlx::query("SELECT id, name, about, created_at, seq FROM group_info WHERE id = $1 AND seq > $2 AND seq <= $3")
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .fetch_optional(connection)
            .await?;
        row.iter().map(read).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, _id: &str) -> Result<Option<Row>, StoreError> {
        Ok(Self::changed(connection, &Sight::whole(stream), (0, Seq::MAX), 1).await?.pop())
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Group>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO group_info (id, name, about, created_by, created_at, seq) VALUES",
            6,
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, about = excluded.about, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let Group { row, created_by } = put.record;
                values.id(row.id.as_bytes()).add(row.name.clone()).add(row.about.clone());
                values.id(created_by.as_bytes()).add(row.created_at).number(put.seq);
            })
            .await
    }
}

/// How many channels a group has, private ones included; `None` if there is no such group.
pub(crate) async fn channels(connection: &mut AnyConnection, group: GroupId) -> Result<Option<usize>, StoreError> {
    let row = sqlx::query("SELECT (SELECT COUNT(*) FROM conversation c WHERE c.group_id = g.id) FROM group_info g WHERE g.id = $1")
        .bind(group.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(usize::try_from(columns::number(&row, 0)?).unwrap_or(usize::MAX))).transpose()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let id = columns::group(row, 0)?;
    let data = GroupRow { id, name: row.try_get(1)?, about: row.try_get(2)?, created_at: row.try_get(3)? };
    Ok(Row::new(columns::number(row, 4)?, data))
}
