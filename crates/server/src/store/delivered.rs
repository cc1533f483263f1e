//! How far messages have reached the devices of each member: rows of receipts streams.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, UserId},
    row::Row,
    rows::DeliveredRow,
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

impl Stored for DeliveredRow {
    type Record = DeliveredRow;

    fn row(record: &DeliveredRow) -> Self {
        record.clone()
    }

    async fn learn(record: &mut DeliveredRow, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::Receipts(conversation) = stream else { return Err(StoreError::Unreadable("stream of a delivery")) };
        view.learn_delivered(conversation, record);
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let select = "SELECT account, pos, reached_at, seq FROM delivered";
        reads::changed_in_windows(connection, (select, "account"), sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT account, pos, reached_at, seq FROM delivered WHERE conversation = $1 AND account = $2";
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, DeliveredRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO delivered (conversation, account, pos, reached_at, seq) VALUES",
            5,
            "ON CONFLICT (conversation, account) DO UPDATE SET pos = excluded.pos, reached_at = excluded.reached_at, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.user.as_bytes()).number(row.pos).add(row.at).number(put.seq);
            })
            .await
    }
}

/// The newest pos that has reached somebody; 0 where none has.
pub(crate) async fn pos(connection: &mut AnyConnection, account: UserId, conversation: ConversationId) -> Result<Pos, StoreError> {
    let row = sqlx::query("SELECT pos FROM delivered WHERE conversation = $1 AND account = $2")
        .bind(conversation.as_bytes().to_vec())
        .bind(account.as_bytes().to_vec())
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(0), |row| columns::number(&row, 0))
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data = DeliveredRow { user: columns::user(row, 0)?, pos: columns::number(row, 1)?, at: row.try_get(2)? };
    Ok(Row::new(columns::number(row, 3)?, data))
}
