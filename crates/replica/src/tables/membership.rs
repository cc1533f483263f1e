use crate::{
    Result,
    sql::{id, int},
};
use hearth_protocol::{Seq, ids::ConversationId, rows::MembershipRow};
use sqlx::SqliteConnection;

/// Returns whether it changed anything.
pub(crate) async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &MembershipRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO membership (conversation, seq, kind, peer, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, peer = excluded.peer,
             joined_at = excluded.joined_at, left_at = excluded.left_at
         WHERE excluded.seq > membership.seq",
    )
    .bind(row.conversation.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(row.peer.as_ref().map(|peer| peer.user.as_bytes().to_vec()))
    .bind(row.joined_at)
    .bind(row.left_at);
    crate::sql::run(tx, query).await
}

pub(crate) async fn has_left(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<bool> {
    let left = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM membership WHERE conversation = ? AND left_at IS NOT NULL)")
        .bind(conversation.as_bytes())
        .fetch_one(tx)
        .await?;
    Ok(left)
}

/// Removes the rows of the old copy, up to `keep_after` if given; returns their conversations.
pub(crate) async fn clear(tx: &mut SqliteConnection, keep_after: Option<Seq>) -> Result<Vec<ConversationId>> {
    let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM membership WHERE seq <= ? RETURNING conversation")
        .bind(keep_after.map_or(i64::MAX, int))
        .fetch_all(tx)
        .await?;
    gone.iter().map(|bytes| id(bytes)).collect()
}
