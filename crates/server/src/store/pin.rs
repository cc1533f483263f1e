//! What is pinned in conversations.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, MessageId, MutationId},
    row::Row,
    rows::PinRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeMap;

const COLUMNS: &str = "message, pos, pinned_by, pinned_at, ended_at, seq";

impl Stored for PinRow {
    type Record = PinRow;

    fn row(record: &PinRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut PinRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::Conversation(conversation) = stream else { return Err(StoreError::Unreadable("stream of a pin")) };
        view.learn_pin(conversation, record).await
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let select = &format!("SELECT {COLUMNS} FROM pin");
        reads::changed_in_windows(connection, (select, "pos"), sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT message, pos, pinned_by, pinned_at, ended_at, seq FROM pin WHERE conversation = $1 AND message = $2";
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, PinRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO pin (conversation, message, pos, pinned_by, pinned_at, ended_at, seq) VALUES",
            7,
            "ON CONFLICT (conversation, message) DO UPDATE SET pinned_by = excluded.pinned_by, pinned_at = excluded.pinned_at, \
             ended_at = excluded.ended_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).number(row.pos).id(row.by.as_bytes());
                values.add(row.at).add(row.ended_at).number(put.seq);
            })
            .await
    }
}

/// The messages that are pinned in a conversation, with their places.
pub(crate) async fn of(connection: &mut AnyConnection, conversation: ConversationId) -> Result<BTreeMap<MessageId, Pos>, StoreError> {
    let rows = sqlx::query("SELECT message, pos FROM pin WHERE conversation = $1 AND ended_at IS NULL")
        .bind(conversation.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((MutationId(columns::uuid(row, 0)?), columns::number(row, 1)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = PinRow {
        id: MutationId(columns::uuid(row, 0)?),
        pos: columns::number(row, 1)?,
        by: columns::user(row, 2)?,
        at: row.try_get(3)?,
        ended_at: row.try_get(4)?,
    };
    Ok(Row::new(columns::number(row, 5)?, data))
}
