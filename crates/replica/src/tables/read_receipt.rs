use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{int, run},
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, UserId},
    rows::ReadReceiptRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for ReadReceiptRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || lower(hex(user)) || ' ' || seq || ' ' || json_array(from_pos, to_pos, at)
         FROM read_receipt ORDER BY conversation, user, to_pos";
    const WIRE: &'static str = "SELECT seq, json_object('user', lower(hex(user)), 'from', from_pos, 'to', to_pos, 'at', at) FROM read_receipt WHERE conversation = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Receipts(conversation) = arrival.stream else { return Ok(()) };
        let retained = changes.retained(conversation).await?;
        for (seq, row) in rows.iter().filter(|(_, row)| row.to >= retained) {
            let query = sqlx::query(
                "INSERT INTO read_receipt (conversation, user, from_pos, to_pos, at, seq) SELECT ?1, ?2, ?3, ?4, ?5, ?6
                 WHERE NOT EXISTS (SELECT 1 FROM person WHERE user = ?2 AND username = '')
                 ON CONFLICT (conversation, user, to_pos) DO UPDATE SET from_pos = excluded.from_pos, at = excluded.at, seq = excluded.seq
                 WHERE excluded.seq > read_receipt.seq",
            )
            .bind(conversation.as_bytes())
            .bind(row.user.as_bytes())
            .bind(int(row.from))
            .bind(int(row.to))
            .bind(row.at)
            .bind(int(*seq));
            // What I have read shows elsewhere.
            if run(changes.tx, query).await? && Some(row.user) != changes.me {
                changes.touch(conversation);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Receipts(conversation) = stream else { return Ok(()) };
        sqlx::query("DELETE FROM read_receipt WHERE conversation = ? AND seq <= ?")
            .bind(conversation.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .execute(&mut *changes.tx)
            .await?;
        Ok(())
    }
}

/// Removes what was read of messages below a place.
pub(crate) async fn retain(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<()> {
    sqlx::query("DELETE FROM read_receipt WHERE conversation = ? AND to_pos < ?")
        .bind(conversation.as_bytes())
        .bind(int(pos))
        .execute(tx)
        .await?;
    Ok(())
}

/// Somebody's account is deleted: what had reached them here, and what they had read, says nothing any more.
pub(crate) async fn forget(tx: &mut SqliteConnection, conversation: ConversationId, user: UserId) -> Result<()> {
    for sql in ["DELETE FROM read_receipt WHERE conversation = ? AND user = ?", "DELETE FROM delivered WHERE conversation = ? AND user = ?"]
    {
        sqlx::query(sql).bind(conversation.as_bytes()).bind(user.as_bytes()).execute(&mut *tx).await?;
    }
    Ok(())
}
