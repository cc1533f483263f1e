use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int, number, run},
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, MessageId},
    rows::HiddenRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

/// A condition on the message `m`: I have hidden it, or that waits.
macro_rules! put_away {
    () => {
        "EXISTS (SELECT 1 FROM put_away h WHERE h.message = m.id)"
    };
}
pub(crate) use put_away;

impl Kept for HiddenRow {
    // One that has ended hides nothing, and the server purges it with the tombstones.
    const DUMP: &'static str = "SELECT lower(hex(message)) || ' ' || seq || ' ' || json_array(lower(hex(conversation)), pos, at)
         FROM hidden WHERE ended_at IS NULL ORDER BY message";
    const WIRE: &'static str =
        "SELECT seq, json_object('id', lower(hex(message)), 'conversation', lower(hex(conversation)), 'pos', pos, 'at', at,
            'ended_at', ended_at) FROM hidden WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO hidden (message, seq, conversation, pos, at, ended_at) VALUES (?, ?, ?, ?, ?, ?)
                 ON CONFLICT (message) DO UPDATE SET seq = excluded.seq, conversation = excluded.conversation, pos = excluded.pos,
                     at = excluded.at, ended_at = excluded.ended_at
                 WHERE excluded.seq > hidden.seq",
            )
            .bind(row.id.as_bytes())
            .bind(int(*seq))
            .bind(row.conversation.as_bytes())
            .bind(int(row.pos))
            .bind(row.at)
            .bind(row.ended_at);
            if run(changes.tx, query).await? {
                changes.touch(row.conversation);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM hidden WHERE seq <= ? RETURNING conversation")
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for bytes in gone {
            changes.touch(id(&bytes)?);
        }
        Ok(())
    }
}

/// Whether a message is hidden, or will be.
pub(crate) async fn is_put_away(tx: &mut SqliteConnection, message: MessageId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM put_away WHERE message = ?)";
    Ok(sqlx::query_scalar(sql).bind(message.as_bytes()).fetch_one(tx).await?)
}

/// Takes out what was decided about hiding a message and has not gone out, or was refused.
pub(crate) async fn replace_waiting(tx: &mut SqliteConnection, message: MessageId) -> Result<()> {
    sqlx::query(
        "DELETE FROM outbox WHERE message = ? AND shows IN ('hide', 'unhide') AND taking_back IS NULL
            AND (state = 'failed' OR (state = 'queued' AND tried_local IS NULL))",
    )
    .bind(message.as_bytes())
    .execute(tx)
    .await?;
    Ok(())
}

/// Up to where one has read who has read up to a place: what is hidden right after it will not be shown. Asides
/// between are not shown there either.
pub(crate) async fn read_through(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<Pos> {
    const SQL: &str = concat!(
        "WITH RECURSIVE past (pos, away) AS (
            SELECT ?2, 1 UNION ALL SELECT m.pos, ",
        put_away!(),
        " FROM past JOIN message m ON m.conversation = ?1 AND m.pos = past.pos + 1 WHERE m.hidden = 0 AND (m.aside = 1 OR ",
        put_away!(),
        ")) SELECT max(pos) FROM past WHERE away"
    );
    let upto: i64 = sqlx::query_scalar(SQL).bind(conversation.as_bytes()).bind(int(pos)).fetch_one(tx).await?;
    Ok(number(upto))
}
