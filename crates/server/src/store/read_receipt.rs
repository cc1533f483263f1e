//! Who has read what, and when: rows of receipts streams.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{Seq, row::Row, rows::ReadReceiptRow, stream::StreamId};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

impl Stored for ReadReceiptRow {
    type Record = ReadReceiptRow;

    fn row(record: &ReadReceiptRow) -> Self {
        record.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut ReadReceiptRow, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let select = "SELECT account, after_pos, pos, read_at, seq FROM read_receipt";
        reads::changed_in_windows(connection, (select, "pos"), sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let (account, pos) = id.split_once('.').ok_or(StoreError::Unreadable("row key"))?;
        let pos: i64 = pos.parse().map_err(|_| StoreError::Unreadable("row key"))?;
        let row = sqlx::query(
            "SELECT account, after_pos, pos, read_at, seq FROM read_receipt WHERE conversation = $1 AND account = $2 AND pos = $3",
        )
        .bind(stream.owner().as_bytes().to_vec())
        .bind(columns::id_of(account)?)
        .bind(pos)
        .fetch_optional(connection)
        .await?;
        row.as_ref().map(read).transpose()
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, ReadReceiptRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO read_receipt (conversation, account, after_pos, pos, read_at, seq) VALUES",
            6,
            "ON CONFLICT (conversation, account, pos) DO UPDATE SET after_pos = excluded.after_pos, read_at = excluded.read_at, \
             seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.user.as_bytes()).number(row.from).number(row.to);
                values.add(row.at).number(put.seq);
            })
            .await
    }
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let data =
        ReadReceiptRow { user: columns::user(row, 0)?, from: columns::number(row, 1)?, to: columns::number(row, 2)?, at: row.try_get(3)? };
    Ok(Row::new(columns::number(row, 4)?, data))
}
