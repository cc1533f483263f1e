//! What people are told of: rows of their own streams.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns,
    message::UNPLACED,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    ids::NotificationId,
    row::Row,
    rows::{NotificationKind, NotificationRow},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

macro_rules! notification_select {
    ($condition:literal) => {
        concat!("SELECT id, kind, conversation, pos, sender, created_at, read_at, seq, thread_root FROM notification WHERE ", $condition)
    };
}

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
        let rows = sqlx::query(notification_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, id LIMIT $4"))
            .bind(sight.stream.owner().as_bytes().to_vec())
            .bind(columns::to_big(range.0))
            .bind(columns::to_big(range.1))
            .bind(limit)
            .fetch_all(connection)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let row = sqlx::query(notification_select!("account = $1 AND id = $2"))
            .bind(stream.owner().as_bytes().to_vec())
            .bind(columns::id_of(id)?)
            .fetch_optional(connection)
            .await?;
        row.as_ref().map(read).transpose()
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

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let conversation: Option<Vec<u8>> = row.try_get(2)?;
    let sender: Option<Vec<u8>> = row.try_get(4)?;
    let data = NotificationRow {
        id: NotificationId(columns::uuid(row, 0)?),
        kind: NotificationKind::parse(row.try_get(1)?),
        conversation: if conversation.is_some() { Some(columns::conversation(row, 2)?) } else { None },
        pos: columns::number_or_none(row, 3)?,
        thread_root: columns::message_or_none(row, 8)?,
        sender: if sender.is_some() { Some(columns::user(row, 4)?) } else { None },
        created_at: row.try_get(5)?,
        read_at: row.try_get(6)?,
    };
    Ok(Row::new(columns::number(row, 7)?, data))
}
