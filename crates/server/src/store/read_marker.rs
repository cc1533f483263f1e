//! How far people have read.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{
    commit::{View, change::Performed},
    sight::Sight,
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, UserId},
    row::{Row, RowKey},
    rows::{ReadMarkerRow, RowKind},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// How far somebody has read a conversation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marker {
    pub pos: Pos,
    /// Where it was before its person marked something as unread: nobody is told of that reading again.
    pub furthest: Pos,
}

impl Marker {
    pub fn move_to(&mut self, pos: Pos) {
        *self = Self { pos, furthest: self.furthest.max(pos) };
    }

    /// What a mutation comes to that does not move it: the row that there is, if there is one.
    pub fn stays(self, user: UserId, conversation: ConversationId) -> Performed {
        let key = RowKey { kind: ReadMarkerRow::KIND.into(), id: conversation.to_string() };
        let existing = if self.pos > 0 { vec![(StreamId::User(user), key)] } else { Vec::new() };
        Performed { existing, ..Performed::default() }
    }
}

impl Stored for ReadMarkerRow {
    type Record = ReadMarkerRow;

    fn row(record: &ReadMarkerRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut ReadMarkerRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        if let StreamId::User(user) = stream {
            view.learn_marker(user, record);
        }
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT conversation, pos, moved_at, seq FROM read_marker WHERE account = $1 AND seq > $2 AND seq <= $3 \
         ORDER BY seq, conversation LIMIT $4";
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT conversation, pos, moved_at, seq FROM read_marker WHERE account = $1 AND conversation = $2";
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, ReadMarkerRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO read_marker (account, conversation, pos, furthest, moved_at, seq) VALUES",
            6,
            "ON CONFLICT (account, conversation) DO UPDATE SET pos = excluded.pos, moved_at = excluded.moved_at, seq = excluded.seq, \
             furthest = CASE WHEN excluded.pos > read_marker.furthest THEN excluded.pos ELSE read_marker.furthest END",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values
                    .id(put.stream.owner().as_bytes())
                    .id(row.conversation.as_bytes())
                    .number(row.pos)
                    .number(row.pos)
                    .add(row.at)
                    .number(put.seq);
            })
            .await
    }
}

/// Somebody's marker; at 0 where there is none yet.
pub(crate) async fn find(connection: &mut AnyConnection, account: UserId, conversation: ConversationId) -> Result<Marker, StoreError> {
    let row = sqlx::query("SELECT pos, furthest FROM read_marker WHERE account = $1 AND conversation = $2")
        .bind(account.as_bytes().to_vec())
        .bind(conversation.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(Marker::default()), |row| Ok(Marker { pos: columns::number(&row, 0)?, furthest: columns::number(&row, 1)? }))
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = ReadMarkerRow { conversation: columns::conversation(row, 0)?, pos: columns::number(row, 1)?, at: row.try_get(2)? };
    Ok(Row::new(columns::number(row, 3)?, data))
}
