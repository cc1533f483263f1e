use crate::{Result, sql::int};
use hearth_protocol::{Seq, ids::ConversationId, rows::MemberRow};
use sqlx::SqliteConnection;

/// Returns whether it changed anything.
pub(crate) async fn apply(tx: &mut SqliteConnection, conversation: ConversationId, seq: Seq, row: &MemberRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO member (conversation, user, seq, role, joined_at, left_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation, user) DO UPDATE SET seq = excluded.seq, role = excluded.role, joined_at = excluded.joined_at,
             left_at = excluded.left_at
         WHERE excluded.seq > member.seq",
    )
    .bind(conversation.as_bytes())
    .bind(row.person.user.as_bytes())
    .bind(int(seq))
    .bind(row.role.as_str())
    .bind(row.joined_at)
    .bind(row.left_at);
    crate::sql::run(tx, query).await
}

pub(crate) async fn delete(tx: &mut SqliteConnection, conversation: ConversationId, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query("DELETE FROM member WHERE conversation = ? AND seq <= ?")
        .bind(conversation.as_bytes())
        .bind(keep_after.map_or(i64::MAX, int))
        .execute(tx)
        .await?;
    Ok(())
}
