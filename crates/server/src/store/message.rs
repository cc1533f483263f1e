//! What people read.

use super::{StoreError, bulk::BulkInsert, columns, member::Window};
use hearth_protocol::{
    Pos, Seq,
    body::Body,
    ids::{ConversationId, MessageId},
    row::Row,
    rows::MessageRow,
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// A new message as it is written; its body is already JSON.
#[derive(Clone)]
pub(crate) struct NewMessage {
    pub conversation: ConversationId,
    pub row: MessageRow,
    pub body: String,
    pub seq: Seq,
}

pub(crate) async fn insert(connection: &mut AnyConnection, messages: &[NewMessage]) -> Result<(), StoreError> {
    static INSERT: BulkInsert =
        BulkInsert::new("INSERT INTO message (id, conversation, pos, seq, sender, body, created_at, edited_at, revision) VALUES", 9, "");
    INSERT
        .run(connection, messages, |NewMessage { conversation, row, body, seq }, values| {
            values.id(row.id.as_bytes()).id(conversation.as_bytes()).number(row.pos).number(*seq);
            values.id(row.sender.as_bytes()).add(body.clone()).add(row.created_at).add(row.edited_at).add(i64::from(row.revision));
        })
        .await
}

/// The pos of the newest message; 0 where there is none.
pub(crate) async fn last_pos(connection: &mut AnyConnection, conversation: ConversationId) -> Result<Pos, StoreError> {
    let row = sqlx::query("SELECT COALESCE(MAX(pos), 0) FROM message WHERE conversation = $1")
        .bind(conversation.as_bytes().to_vec())
        .fetch_one(connection)
        .await?;
    columns::number(&row, 0)
}

/// Messages in the window changed in `(after, upto]`, by seq.
pub(crate) async fn changed(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    window: Window,
    after: Seq,
    upto: Seq,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, pos, sender, body, created_at, edited_at, revision, seq FROM message \
         WHERE conversation = $1 AND seq > $2 AND seq <= $3 AND pos >= $4 AND pos < $5 ORDER BY seq, pos LIMIT $6",
    )
    .bind(conversation.as_bytes().to_vec())
    .bind(columns::to_big(after))
    .bind(columns::to_big(upto))
    .bind(columns::to_big(window.from_pos))
    .bind(window.to_pos.map_or(i64::MAX, columns::to_big))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| message_row(row, 0)).collect()
}

/// The newest messages of the window before a place, in the order of pos.
pub(crate) async fn before(
    connection: &mut AnyConnection,
    conversation: ConversationId,
    window: Window,
    before: Option<Pos>,
    limit: u32,
) -> Result<Vec<Row>, StoreError> {
    let end = before.map_or(i64::MAX, columns::to_big).min(window.to_pos.map_or(i64::MAX, columns::to_big));
    let rows = sqlx::query(
        "SELECT id, pos, sender, body, created_at, edited_at, revision, seq FROM message \
         WHERE conversation = $1 AND pos >= $2 AND pos < $3 ORDER BY pos DESC LIMIT $4",
    )
    .bind(conversation.as_bytes().to_vec())
    .bind(columns::to_big(window.from_pos))
    .bind(end)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter().rev().map(|row| message_row(row, 0)).collect()
}

/// One message of a conversation at its newest.
pub(crate) async fn one(connection: &mut AnyConnection, conversation: ConversationId, id: MessageId) -> Result<Option<Row>, StoreError> {
    let row =
        sqlx::query("SELECT id, pos, sender, body, created_at, edited_at, revision, seq FROM message WHERE id = $1 AND conversation = $2")
            .bind(id.as_bytes().to_vec())
            .bind(conversation.as_bytes().to_vec())
            .fetch_optional(connection)
            .await?;
    row.as_ref().map(|row| message_row(row, 0)).transpose()
}

/// Reads id, pos, sender, body, created_at, edited_at, revision and seq from eight columns in a row.
pub(crate) fn message_row(row: &AnyRow, first: usize) -> Result<Row, StoreError> {
    let body = match row.try_get::<Option<&str>, _>(first + 3)? {
        Some(json) => Some(serde_json::from_str::<Body>(json).map_err(|_| StoreError::Unreadable("message body"))?),
        None => None,
    };
    let data = MessageRow {
        id: hearth_protocol::ids::MutationId(columns::uuid(row, first)?),
        pos: columns::number(row, first + 1)?,
        sender: columns::user(row, first + 2)?,
        body,
        created_at: row.try_get(first + 4)?,
        edited_at: row.try_get(first + 5)?,
        revision: u32::try_from(row.try_get::<i64, _>(first + 6)?).map_err(|_| StoreError::Unreadable("revision"))?,
    };
    Ok(Row::new(columns::number(row, first + 7)?, data))
}
