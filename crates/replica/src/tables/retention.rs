use super::{delivered, message, pin, read_receipt};
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    outbox::acknowledged,
    sql::{int, number, run},
};
use hearth_protocol::{Pos, Seq, ids::ConversationId, rows::RetentionRow, stream::StreamId};
use sqlx::SqliteConnection;

impl Kept for RetentionRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || seq || ' ' || json_array(pos, at) FROM retention ORDER BY conversation";
    const WIRE: &'static str = "SELECT seq, json_object('pos', pos, 'at', at) FROM retention WHERE conversation = ?1";

    /// What stands below goes with it: rows and words; where the copy begins follows when its stream is settled.
    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Conversation(conversation) = arrival.stream else { return Ok(()) };
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO retention (conversation, pos, at, seq) VALUES (?, ?, ?, ?)
                 ON CONFLICT (conversation) DO UPDATE SET pos = excluded.pos, at = excluded.at, seq = excluded.seq
                 WHERE excluded.seq > retention.seq",
            )
            .bind(conversation.as_bytes())
            .bind(int(row.pos))
            .bind(row.at)
            .bind(int(*seq));
            if run(changes.tx, query).await? {
                changes.retained.insert(conversation, row.pos);
                acknowledged::forget_below(changes.tx, conversation, row.pos).await?;
                message::retain(changes.tx, &mut changes.index, conversation, row.pos).await?;
                pin::retain(changes.tx, conversation, row.pos).await?;
                read_receipt::retain(changes.tx, conversation, row.pos).await?;
                delivered::retain(changes.tx, conversation, row.pos).await?;
                changes.touch(conversation);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Conversation(conversation) = stream else { return Ok(()) };
        changes.retained.remove(&conversation);
        sqlx::query("DELETE FROM retention WHERE conversation = ? AND seq <= ?")
            .bind(conversation.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .execute(&mut *changes.tx)
            .await?;
        Ok(())
    }
}

/// The first place of a conversation that is kept; 0 where all is.
pub(crate) async fn pos(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Pos> {
    let pos: Option<i64> =
        sqlx::query_scalar("SELECT pos FROM retention WHERE conversation = ?").bind(conversation.as_bytes()).fetch_optional(tx).await?;
    Ok(pos.map_or(0, number))
}

impl Changes<'_> {
    /// The same, as this transaction has it by now: whatever comes of below is late.
    pub(crate) async fn retained(&mut self, conversation: ConversationId) -> Result<Pos> {
        if let Some(pos) = self.retained.get(&conversation) {
            return Ok(*pos);
        }
        let pos = pos(self.tx, conversation).await?;
        self.retained.insert(conversation, pos);
        Ok(pos)
    }
}
