use crate::{
    Result,
    sql::{id, int},
};
use hearth_protocol::{
    Seq,
    ids::ConversationId,
    rows::ReadMarkerRow,
    rule::{Rule, holds},
};
use sqlx::SqliteConnection;

/// Returns whether it changed anything.
pub(crate) async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &ReadMarkerRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO read_marker (conversation, seq, pos, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, pos = excluded.pos, at = excluded.at
         WHERE excluded.seq > read_marker.seq OR ?",
    )
    .bind(row.conversation.as_bytes())
    .bind(int(seq))
    .bind(int(row.pos))
    .bind(row.at)
    .bind(!holds(Rule::NewestRow));
    crate::sql::run(tx, query).await
}

/// Removes the rows of the old copy, up to `keep_after` if given; returns their conversations.
pub(crate) async fn clear(tx: &mut SqliteConnection, keep_after: Option<Seq>) -> Result<Vec<ConversationId>> {
    let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM read_marker WHERE seq <= ? RETURNING conversation")
        .bind(keep_after.map_or(i64::MAX, int))
        .fetch_all(tx)
        .await?;
    gone.iter().map(|bytes| id(bytes)).collect()
}
