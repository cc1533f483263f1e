use crate::{Result, search::fold_name, sql::int};
use hearth_protocol::{Seq, ids::ConversationId, rows::ConversationRow};
use sqlx::SqliteConnection;

/// Returns whether it changed anything. The id is the stream's: what the row says of itself is not trusted.
pub(crate) async fn apply(tx: &mut SqliteConnection, id: ConversationId, seq: Seq, row: &ConversationRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO conversation (id, seq, kind, name, topic, created_at, folded) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, name = excluded.name, topic = excluded.topic,
             created_at = excluded.created_at, folded = excluded.folded
         WHERE excluded.seq > conversation.seq",
    )
    .bind(id.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(&row.name)
    .bind(&row.topic)
    .bind(row.created_at)
    .bind(fold_name(&row.name));
    crate::sql::run(tx, query).await
}

pub(crate) async fn delete(tx: &mut SqliteConnection, id: ConversationId, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query("DELETE FROM conversation WHERE id = ? AND seq <= ?")
        .bind(id.as_bytes())
        .bind(keep_after.map_or(i64::MAX, int))
        .execute(tx)
        .await?;
    Ok(())
}
