//! What people read.

use super::{
    StoreError,
    bulk::BulkInsert,
    columns, reaction, reads,
    rows::{Put, Stored},
    version,
};
use crate::{
    commit::View,
    sight::{Sight, Span},
};
use hearth_protocol::{
    Millis, Pos, Seq,
    body::Body,
    digest::Entry,
    ids::{ConversationId, MessageId},
    row::Row,
    rows::MessageRow,
    stream::StreamId,
    versions::MessageVersion,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};

/// The pos of a message that is new and gets the next place.
pub(crate) const UNPLACED: Pos = 0;

/// A message as it is written.
pub(crate) struct Message {
    pub row: MessageRow,
    /// Set for a tombstone.
    pub deleted_at: Option<Millis>,
    /// What it said until now, where it was edited: kept beside it. Of a tombstone nothing is.
    pub earlier: Vec<MessageVersion>,
}

impl Message {
    /// One that says something for the first time.
    pub fn sent(row: MessageRow) -> Self {
        Self { row, deleted_at: None, earlier: vec![] }
    }
}

impl Stored for MessageRow {
    type Record = Message;

    fn row(record: &Message) -> Self {
        record.row.clone()
    }

    fn into_row(record: Message) -> Self {
        record.row
    }

    fn after(earlier: Message, later: Message) -> Message {
        Message { earlier: [earlier.earlier, later.earlier].concat(), ..later }
    }

    async fn learn(record: &mut Message, stream: StreamId, view: &mut View<'_>) -> Result<(), StoreError> {
        let StreamId::Conversation(conversation) = stream else { return Err(StoreError::Unreadable("stream of a message")) };
        if record.row.pos == UNPLACED {
            record.row.pos = view.next_pos(conversation).await?;
        }
        Ok(())
    }

    async fn changed(connection: &mut AnyConnection, sight: &Sight, range: (Seq, Seq), limit: i64) -> Result<Vec<Row>, StoreError> {
        let select =
            "SELECT id, pos, sender, body, created_at, edited_at, revision, seq, reply_to, forwarded, thread_root, aside FROM message";
        reads::changed_in_windows(connection, (select, "pos"), sight, range, limit, |row| message_row(row, 0)).await
    }

    async fn one(connection: &mut AnyConnection, stream: StreamId, id: &str) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT id, pos, sender, body, created_at, edited_at, revision, seq, reply_to, forwarded, thread_root, aside \
         FROM message WHERE id = $2 AND conversation = $1";
        reads::one(connection, sql, stream, id, |row| message_row(row, 0)).await
    }

    async fn write(connection: &mut AnyConnection, puts: &[Put<'_, Message>]) -> Result<(), StoreError> {
        static UPSERT: BulkInsert = BulkInsert::new(
            "INSERT INTO message (id, conversation, pos, seq, sender, body, created_at, edited_at, revision, deleted_at, reply_to, \
             forwarded, system, thread_root, aside) VALUES",
            15,
            // A message keeps its place, its thread and its sender for ever.
            "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, body = excluded.body, edited_at = excluded.edited_at, \
             revision = excluded.revision, deleted_at = excluded.deleted_at, reply_to = excluded.reply_to, \
             forwarded = excluded.forwarded WHERE message.conversation = excluded.conversation AND message.pos = excluded.pos",
        );
        let mut rows = Vec::with_capacity(puts.len());
        for put in puts {
            let body = put.record.row.body.as_ref().map(serde_json::to_string).transpose();
            rows.push((put, body.map_err(|_| StoreError::Unreadable("message body"))?));
        }
        UPSERT
            .run(connection, &rows, |(put, body), values| {
                let Message { row, deleted_at, .. } = put.record;
                values.id(row.id.as_bytes()).id(put.stream.owner().as_bytes()).number(row.pos).number(put.seq);
                values
                    .id(row.sender.as_bytes())
                    .add(body.clone())
                    .add(row.created_at)
                    .add(row.edited_at)
                    .add(i64::from(row.revision))
                    .add(*deleted_at)
                    .add(row.reply_to.map(|id| id.as_bytes().to_vec()))
                    .number(u64::from(row.forwarded))
                    .number(u64::from(row.body.as_ref().is_some_and(Body::is_system)))
                    .add(row.thread_root.map(|id| id.as_bytes().to_vec()))
                    .number(u64::from(row.is_aside()));
            })
            .await?;
        let deleted = puts.iter().filter(|put| put.record.deleted_at.is_some()).map(|put| put.record.row.id);
        reaction::forget_deleted(connection, deleted).await?;
        write_versions(connection, puts).await
    }
}

/// With the rows, so that no edit is without what it has replaced, and no tombstone with what it has taken away.
async fn write_versions(connection: &mut AnyConnection, puts: &[Put<'_, Message>]) -> Result<(), StoreError> {
    let gone: Vec<MessageId> =
        puts.iter().map(|put| put.record).filter(|message| message.deleted_at.is_some()).map(|message| message.row.id).collect();
    version::forget(connection, &gone).await?;
    let edited = puts.iter().map(|put| put.record).filter(|message| message.deleted_at.is_none());
    let earlier: Vec<_> = edited.flat_map(|message| message.earlier.iter().map(|version| (message.row.id, version))).collect();
    version::keep(connection, &earlier).await
}

/// What is visible, and kept, as columns are compared with it, cut off before a place.
pub(super) fn bounds(sight: &Sight, before: Option<Pos>) -> Vec<(i64, i64)> {
    let end = before.map_or(i64::MAX, columns::to_big);
    let bound = |span: &Span| (columns::to_big(span.from.max(sight.retained)), span.to.map_or(i64::MAX, columns::to_big).min(end));
    sight.windows.spans().iter().map(bound).filter(|(from, to)| from < to).collect()
}

/// The condition that a pos is in one of so many windows, whose bounds begin with placeholder `first`.
pub(super) fn in_windows(first: usize, count: usize) -> String {
    let window = |index: usize| format!("pos >= ${} AND pos < ${}", first + 2 * index, first + 2 * index + 1);
    match count {
        0 => "1 = 0".into(),
        _ => (0..count).map(window).collect::<Vec<_>>().join(" OR "),
    }
}

/// The pos of the newest message that there ever was; 0 where there is none.
pub(crate) async fn last_pos(connection: &mut AnyConnection, conversation: ConversationId) -> Result<Pos, StoreError> {
    let row = sqlx::query(
        "SELECT c.purged_pos, (SELECT MAX(pos) FROM message m WHERE m.conversation = c.id) FROM conversation c WHERE c.id = $1",
    )
    .bind(conversation.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(0) };
    Ok(columns::number(&row, 0)?.max(columns::number_or_none(&row, 1)?.unwrap_or(0)))
}

/// The newest visible messages before a place, in the order of pos.
pub(crate) async fn before(connection: &mut AnyConnection, sight: &Sight, before: Option<Pos>, limit: u32) -> Result<Vec<Row>, StoreError> {
    let spans = bounds(sight, before);
    // The hull is what the index is read by; with one window it is all there is to ask.
    let (low, high) = match (spans.first(), spans.last()) {
        (Some((low, _)), Some((_, high))) => (*low, *high),
        _ => return Ok(Vec::new()),
    };
    let gaps = if spans.len() > 1 { format!("AND ({})", in_windows(5, spans.len())) } else { String::new() };
    let sql = format!(
        "SELECT id, pos, sender, body, created_at, edited_at, revision, seq, reply_to, forwarded, thread_root, aside FROM message \
         WHERE conversation = $1 AND pos >= $2 AND pos < $3 {gaps} ORDER BY pos DESC LIMIT $4"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(sight.stream.owner().as_bytes().to_vec()).bind(low).bind(high).bind(i64::from(limit));
    let bound = if spans.len() > 1 { spans.as_slice() } else { &[] };
    let rows = bound.iter().fold(query, |query, (from, to)| query.bind(*from).bind(*to)).fetch_all(connection).await?;
    rows.iter().rev().map(|row| message_row(row, 0)).collect()
}

/// What the digest of the places `[from, to)` is made of, as far as this viewer sees them.
pub(crate) async fn entries(connection: &mut AnyConnection, sight: &Sight, from: Pos, to: Pos) -> Result<Vec<Entry>, StoreError> {
    let rows = sqlx::query(
        "SELECT pos, id, seq, revision FROM message WHERE conversation = $1 AND pos >= $2 AND pos < $3 AND body IS NOT NULL ORDER BY pos",
    )
    .bind(sight.stream.owner().as_bytes().to_vec())
    .bind(columns::to_big(from))
    .bind(columns::to_big(to))
    .fetch_all(connection)
    .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in &rows {
        let pos = columns::number(row, 0)?;
        if sight.windows.contains(pos) {
            let id = hearth_protocol::ids::MutationId(columns::uuid(row, 1)?);
            entries.push(Entry { pos, id, seq: columns::number(row, 2)?, revision: revision(row, 3)? });
        }
    }
    Ok(entries)
}

fn revision(row: &AnyRow, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Unreadable("revision"))
}

/// Reads id, pos, sender, body, created_at, edited_at, revision, seq, reply_to, forwarded, thread_root and aside from twelve columns in a
/// row.
pub(crate) fn message_row(row: &AnyRow, first: usize) -> Result<Row, StoreError> {
    let body = match row.try_get::<Option<&str>, _>(first + 3)? {
        Some(json) => Some(serde_json::from_str::<Body>(json).map_err(|_| StoreError::Unreadable("message body"))?),
        None => None,
    };
    let thread_root = columns::message_or_none(row, first + 10)?;
    let data = MessageRow {
        id: hearth_protocol::ids::MutationId(columns::uuid(row, first)?),
        pos: columns::number(row, first + 1)?,
        sender: columns::user(row, first + 2)?,
        body,
        created_at: row.try_get(first + 4)?,
        edited_at: row.try_get(first + 5)?,
        revision: revision(row, first + 6)?,
        reply_to: columns::message_or_none(row, first + 8)?,
        forwarded: row.try_get::<i64, _>(first + 9)? != 0,
        thread_root,
        in_conversation: thread_root.is_some() && row.try_get::<i64, _>(first + 11)? == 0,
    };
    Ok(Row::new(columns::number(row, first + 7)?, data))
}
