//! How people have their conversations.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Seq,
    row::Row,
    rows::{ArrangementRow, NotificationLevel},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

macro_rules! arrangement_select {
    ($condition:literal) => {
        concat!("SELECT conversation, pinned_at, archived_to, muted_until, level, seq FROM arrangement WHERE account = $1 AND ", $condition)
    };
}

impl Stored for ArrangementRow {
    type Record = ArrangementRow;

    fn row(record: &ArrangementRow) -> Self {
        record.clone()
    }

    async fn learn(_: &mut ArrangementRow, _: StreamId, _: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = arrangement_select!("seq > $2 AND seq <= $3 ORDER BY seq, conversation LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = arrangement_select!("conversation = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, ArrangementRow>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO arrangement (account, conversation, pinned_at, archived_to, muted_until, level, seq) VALUES",
            7,
            "ON CONFLICT (account, conversation) DO UPDATE SET pinned_at = excluded.pinned_at, archived_to = excluded.archived_to, \
             muted_until = excluded.muted_until, level = excluded.level, seq = excluded.seq",
        );
        UPSERT
            .run(connection, puts, |put, values| {
                let row = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.conversation.as_bytes());
                values.add(row.pinned_at).add(row.archived_to.map(columns::to_big)).add(row.muted_until);
                values.add(row.level.as_str()).number(put.seq);
            })
            .await
    }
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let archived_to: Option<i64> = row.try_get(2)?;
    let data = ArrangementRow {
        conversation: columns::conversation(row, 0)?,
        pinned_at: row.try_get(1)?,
        archived_to: archived_to.map(|_| columns::number(row, 2)).transpose()?,
        muted_until: row.try_get(3)?,
        level: NotificationLevel::parse(row.try_get(4)?),
    };
    Ok(Row::new(columns::number(row, 5)?, data))
}
