//! Public channels, as their groups list them.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{Seq, row::Row, rows::ChannelRow, stream::StreamId};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

impl Stored for ChannelRow {
    type Record = ChannelRow;

    fn row(record: &ChannelRow) -> Self {
        record.clone()
    }

    // The conversation's own row is what the facts learn from.
    async fn learn(_record: &mut ChannelRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT conversation, name, topic, closed, seq FROM channel WHERE group_id = $1 AND seq > $2 AND seq <= $3 \
         ORDER BY seq, conversation LIMIT $4";
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT conversation, name, topic, closed, seq FROM channel WHERE group_id = $1 AND conversation = $2";
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, ChannelRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO channel (conversation, group_id, name, topic, closed, seq) VALUES",
            6,
            "ON CONFLICT (conversation) DO UPDATE SET name = excluded.name, topic = excluded.topic, closed = excluded.closed, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(row.conversation.as_bytes()).id(put.stream.owner().as_bytes()).add(row.name.clone());
                values.add(row.topic.clone()).number(u64::from(row.closed)).number(put.seq);
            })
            .await
    }
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let conversation = columns::conversation(row, 0)?;
    let data = ChannelRow { conversation, name: row.try_get(1)?, topic: row.try_get(2)?, closed: row.try_get::<i64, _>(3)? != 0 };
    Ok(Row::new(columns::number(row, 4)?, data))
}
