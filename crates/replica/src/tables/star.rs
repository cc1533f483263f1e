use super::own_mark::own_mark;
use crate::{
    Result,
    sql::{get, id, number},
};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
    rows::StarRow,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

own_mark!(StarRow, "star");

/// What I have starred in a conversation, as the server has it.
pub(crate) async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Vec<MessageId>> {
    let found: Vec<Vec<u8>> = sqlx::query_scalar("SELECT message FROM star WHERE conversation = ? AND ended_at IS NULL")
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    found.iter().map(|bytes| id(bytes)).collect()
}

/// The newest first, after so many of them, of a conversation or of all.
pub(crate) async fn newest(
    tx: &mut SqliteConnection,
    conversation: Option<ConversationId>,
    after: u32,
    limit: u32,
) -> Result<Vec<StarRow>> {
    let rows = sqlx::query(
        "SELECT message, conversation, pos, at FROM star WHERE ended_at IS NULL AND (?1 IS NULL OR conversation = ?1)
         ORDER BY at DESC, message LIMIT ?2 OFFSET ?3",
    )
    .bind(conversation.map(|id| id.as_bytes().to_vec()))
    .bind(i64::from(limit))
    .bind(i64::from(after))
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

/// The conversations with stars, each with the time of its newest.
pub(crate) async fn conversations(tx: &mut SqliteConnection) -> Result<Vec<(ConversationId, Millis)>> {
    let rows: Vec<(Vec<u8>, Millis)> =
        sqlx::query_as("SELECT conversation, max(at) FROM star WHERE ended_at IS NULL GROUP BY conversation").fetch_all(tx).await?;
    rows.iter().map(|(bytes, at)| Ok((id(bytes)?, *at))).collect()
}

fn read(row: &SqliteRow) -> Result<StarRow> {
    Ok(StarRow {
        id: id(get(row, "message")?)?,
        conversation: id(get(row, "conversation")?)?,
        pos: number(get(row, "pos")?),
        at: get(row, "at")?,
        ended_at: None,
    })
}
