use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int, number, run},
};
use hearth_protocol::{Pos, Seq, ids::ConversationId, rows::PinRow, stream::StreamId};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for PinRow {
    // One that has ended shows nowhere, and the server purges it with the tombstones.
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || lower(hex(message)) || ' ' || seq || ' ' || json_array(pos, lower(hex(pinner)), at)
         FROM pin WHERE ended_at IS NULL ORDER BY conversation, message";
    const WIRE: &'static str =
        "SELECT seq, json_object('id', lower(hex(message)), 'pos', pos, 'by', lower(hex(pinner)), 'at', at, 'ended_at', ended_at)
         FROM pin WHERE conversation = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Conversation(conversation) = arrival.stream else { return Ok(()) };
        let retained = changes.retained(conversation).await?;
        for (seq, row) in rows {
            if row.pos < retained {
                continue;
            }
            let query = sqlx::query(
                "INSERT INTO pin (conversation, message, seq, pos, pinner, at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (conversation, message) DO UPDATE SET seq = excluded.seq, pos = excluded.pos, pinner = excluded.pinner,
                     at = excluded.at, ended_at = excluded.ended_at
                 WHERE excluded.seq > pin.seq",
            )
            .bind(conversation.as_bytes())
            .bind(row.id.as_bytes())
            .bind(int(*seq))
            .bind(int(row.pos))
            .bind(row.by.as_bytes())
            .bind(row.at)
            .bind(row.ended_at);
            if run(changes.tx, query).await? {
                changes.touch(conversation);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Conversation(conversation) = stream else { return Ok(()) };
        sqlx::query("DELETE FROM pin WHERE conversation = ? AND seq <= ?")
            .bind(conversation.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .execute(&mut *changes.tx)
            .await?;
        Ok(())
    }
}

/// Removes the pins of messages below a place.
pub(crate) async fn retain(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<()> {
    sqlx::query("DELETE FROM pin WHERE conversation = ? AND pos < ?").bind(conversation.as_bytes()).bind(int(pos)).execute(tx).await?;
    Ok(())
}

/// What is pinned in a conversation, as the server has it.
pub(crate) async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Vec<PinRow>> {
    let rows = sqlx::query("SELECT message, pos, pinner, at FROM pin WHERE conversation = ? AND ended_at IS NULL")
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<PinRow> {
    Ok(PinRow {
        id: id(get(row, "message")?)?,
        pos: number(get(row, "pos")?),
        by: id(get(row, "pinner")?)?,
        at: get(row, "at")?,
        ended_at: None,
    })
}
