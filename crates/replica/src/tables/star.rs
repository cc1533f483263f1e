use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int, number, run},
};
use hearth_protocol::{
    Millis, Seq,
    ids::{ConversationId, MessageId},
    rows::StarRow,
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for StarRow {
    // One that has ended shows nowhere, and the server purges it with the tombstones.
    const DUMP: &'static str = "SELECT lower(hex(message)) || ' ' || seq || ' ' || json_array(lower(hex(conversation)), pos, at)
         FROM star WHERE ended_at IS NULL ORDER BY message";
    const WIRE: &'static str =
        "SELECT seq, json_object('id', lower(hex(message)), 'conversation', lower(hex(conversation)), 'pos', pos, 'at', at,
            'ended_at', ended_at) FROM star WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO star (message, seq, conversation, pos, at, ended_at) VALUES (?, ?, ?, ?, ?, ?)
                 ON CONFLICT (message) DO UPDATE SET seq = excluded.seq, conversation = excluded.conversation, pos = excluded.pos,
                     at = excluded.at, ended_at = excluded.ended_at
                 WHERE excluded.seq > star.seq",
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
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM star WHERE seq <= ? RETURNING conversation")
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for bytes in gone {
            changes.touch(id(&bytes)?);
        }
        Ok(())
    }
}

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
