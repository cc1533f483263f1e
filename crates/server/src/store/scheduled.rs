//! Messages that people have scheduled.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reads,
    rows::{Put, Stored},
};
use crate::{commit::View, sight::Sight};
use hearth_protocol::{
    Millis, Seq,
    body::Body,
    error::ErrorCode,
    ids::{ConversationId, MessageId, MutationId, UserId},
    row::Row,
    rows::{ScheduledRow, ScheduledState},
    stream::StreamId,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::collections::BTreeSet;

macro_rules! scheduled_select {
    ($condition:literal) => {
        concat!(
            "SELECT id, conversation, body, reply_to, send_at, revision, created_at, state, reason, seq FROM scheduled_message WHERE ",
            $condition
        )
    };
}

/// A scheduled message as it is written.
pub(crate) struct Scheduled {
    pub row: ScheduledRow,
    /// When it was sent or given up.
    pub ended_at: Option<Millis>,
}

impl Stored for ScheduledRow {
    type Record = Scheduled;

    fn row(record: &Scheduled) -> Self {
        record.row.clone()
    }

    /// Nothing stands on it.
    async fn learn(_record: &mut Scheduled, _stream: StreamId, _view: &mut View<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let sql = scheduled_select!("account = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, id LIMIT $4");
        reads::changed(connection, sql, sight, range, limit, read).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = scheduled_select!("account = $1 AND id = $2");
        reads::one(connection, sql, stream, id, read).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Scheduled>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO scheduled_message (account, id, conversation, body, reply_to, send_at, revision, created_at, state, reason, \
             ended_at, seq) VALUES",
            12,
            "ON CONFLICT (account, id) DO UPDATE SET body = excluded.body, reply_to = excluded.reply_to, send_at = excluded.send_at, \
             revision = excluded.revision, state = excluded.state, reason = excluded.reason, ended_at = excluded.ended_at, \
             seq = excluded.seq",
        );
        let mut rows = Vec::with_capacity(puts.len());
        for put in puts {
            let body = put.record.row.body.as_ref().map(serde_json::to_string).transpose();
            rows.push((put, body.map_err(|_| StoreError::Unreadable("scheduled body"))?));
        }
        UPSERT
            .run(connection, &rows, |(put, body), values| {
                let Scheduled { row, ended_at } = put.record;
                values.id(put.stream.owner().as_bytes()).id(row.id.as_bytes()).id(row.conversation.as_bytes()).add(body.clone());
                values.add(row.reply_to.map(|id| id.as_bytes().to_vec())).add(row.send_at).number(u64::from(row.revision));
                values.add(row.created_at).add(row.state.as_str()).add(row.reason.map(ErrorCode::as_str));
                values.add(*ended_at).number(put.seq);
            })
            .await
    }
}

/// What is due by `now`, in the order of its times, and whose it is.
pub(crate) async fn due(connection: &mut AnyConnection, now: Millis, limit: i64) -> Result<Vec<(UserId, MessageId)>, StoreError> {
    let rows =
        sqlx::query("SELECT account, id FROM scheduled_message WHERE state = 'waiting' AND send_at <= $1 ORDER BY send_at, id LIMIT $2")
            .bind(now)
            .bind(limit)
            .fetch_all(connection)
            .await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, MutationId(columns::uuid(row, 1)?)))).collect()
}

/// Where a message was sent that had been scheduled, and when; its author is found by the mutation that did so.
pub(crate) async fn sent_to(connection: &mut AnyConnection, message: MessageId) -> Result<Option<(ConversationId, Millis)>, StoreError> {
    let row = sqlx::query(
        "SELECT s.conversation, s.ended_at FROM mutation m JOIN scheduled_message s ON s.account = m.account AND s.id = m.id \
         WHERE m.id = $1 AND m.intent = 'schedule_message' AND s.state = 'sent'",
    )
    .bind(message.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((columns::conversation(&row, 0)?, row.try_get(1)?))).transpose()
}

/// Those of somebody that wait or could not be sent, as far as they are written.
pub(crate) async fn open(connection: &mut AnyConnection, user: UserId) -> Result<BTreeSet<MessageId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM scheduled_message WHERE account = $1 AND state IN ('waiting', 'failed')")
        .bind(user.as_bytes().to_vec())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(MutationId(columns::uuid(row, 0)?))).collect()
}

/// What was sent, by whom, and the place where it stands; `None` once it is kept no longer.
#[cfg(feature = "sim")]
pub(crate) async fn sent(connection: &mut AnyConnection) -> Result<Vec<(UserId, MessageId, Option<u64>)>, StoreError> {
    let rows = sqlx::query(
        "SELECT s.account, s.id, m.pos FROM scheduled_message s LEFT JOIN message m ON m.id = s.id WHERE s.state = 'sent' ORDER BY m.pos",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((columns::user(row, 0)?, MutationId(columns::uuid(row, 1)?), columns::number_or_none(row, 2)?))).collect()
}

fn read(row: &AnyRow) -> Result<Row, StoreError> {
    let body = match row.try_get::<Option<&str>, _>(2)? {
        Some(json) => Some(serde_json::from_str::<Body>(json).map_err(|_| StoreError::Unreadable("scheduled body"))?),
        None => None,
    };
    let reply_to = match row.try_get::<Option<&[u8]>, _>(3)? {
        Some(_) => Some(MutationId(columns::uuid(row, 3)?)),
        None => None,
    };
    let scheduled = ScheduledRow {
        id: MutationId(columns::uuid(row, 0)?),
        conversation: columns::conversation(row, 1)?,
        body,
        reply_to,
        send_at: row.try_get(4)?,
        revision: u32::try_from(columns::number(row, 5)?).map_err(|_| StoreError::Unreadable("revision"))?,
        created_at: row.try_get(6)?,
        state: ScheduledState::parse(row.try_get(7)?),
        reason: row.try_get::<Option<&str>, _>(8)?.map(ErrorCode::parse),
    };
    Ok(Row::new(columns::number(row, 9)?, scheduled))
}
