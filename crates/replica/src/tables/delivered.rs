use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{int, run},
};
use hearth_protocol::{Pos, Seq, ids::ConversationId, rows::DeliveredRow, stream::StreamId};
use sqlx::SqliteConnection;

impl Kept for DeliveredRow {
    const DUMP: &'static str = "SELECT lower(hex(conversation)) || ' ' || lower(hex(user)) || ' ' || seq || ' ' || json_array(pos, at)
         FROM delivered ORDER BY conversation, user";
    const WIRE: &'static str =
        "SELECT seq, json_object('user', lower(hex(user)), 'pos', pos, 'at', at) FROM delivered WHERE conversation = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Receipts(conversation) = arrival.stream else { return Ok(()) };
        let retained = changes.retained(conversation).await?;
        for (seq, row) in rows.iter().filter(|(_, row)| row.pos >= retained) {
            let query = sqlx::query(
                "INSERT INTO delivered (conversation, user, pos, at, seq) SELECT ?1, ?2, ?3, ?4, ?5
                 WHERE NOT EXISTS (SELECT 1 FROM person WHERE user = ?2 AND username = '')
                 ON CONFLICT (conversation, user) DO UPDATE SET pos = excluded.pos, at = excluded.at, seq = excluded.seq
                 WHERE excluded.seq > delivered.seq",
            )
            .bind(conversation.as_bytes())
            .bind(row.user.as_bytes())
            .bind(int(row.pos))
            .bind(row.at)
            .bind(int(*seq));
            if run(changes.tx, query).await? && Some(row.user) != changes.me {
                changes.touch(conversation);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Receipts(conversation) = stream else { return Ok(()) };
        sqlx::query("DELETE FROM delivered WHERE conversation = ? AND seq <= ?")
            .bind(conversation.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .execute(&mut *changes.tx)
            .await?;
        Ok(())
    }
}

/// Removes marks below a place: they say nothing about what is kept.
pub(crate) async fn retain(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<()> {
    sqlx::query("DELETE FROM delivered WHERE conversation = ? AND pos < ?")
        .bind(conversation.as_bytes())
        .bind(int(pos))
        .execute(tx)
        .await?;
    Ok(())
}
