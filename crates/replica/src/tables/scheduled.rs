use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    outbox::acknowledged,
    sql::{from_json, get, id, int, json, optional_id, run, small},
};
use hearth_protocol::{
    Seq,
    error::ErrorCode,
    ids::ConversationId,
    rows::{ScheduledRow, ScheduledState},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for ScheduledRow {
    // One that was sent or given up shows nowhere, and the server purges it with the tombstones.
    const DUMP: &'static str = "SELECT lower(hex(id)) || ' ' || seq || ' '
            || json_array(lower(hex(conversation)), body, lower(hex(reply_to)), send_at, revision, created_at, state, reason)
         FROM scheduled WHERE state NOT IN ('sent', 'cancelled') ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'conversation', lower(hex(conversation)), 'body', json(body),
            'reply_to', CASE WHEN reply_to IS NOT NULL THEN lower(hex(reply_to)) END, 'send_at', send_at, 'revision', revision,
            'created_at', created_at, 'state', state, 'reason', reason) FROM scheduled WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO scheduled (id, seq, conversation, body, reply_to, send_at, revision, created_at, state, reason)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, conversation = excluded.conversation, body = excluded.body,
                     reply_to = excluded.reply_to, send_at = excluded.send_at, revision = excluded.revision,
                     created_at = excluded.created_at, state = excluded.state, reason = excluded.reason
                 WHERE excluded.seq > scheduled.seq",
            )
            .bind(row.id.as_bytes())
            .bind(int(*seq))
            .bind(row.conversation.as_bytes())
            .bind(row.body.as_ref().map(json).transpose()?)
            .bind(row.reply_to.map(|id| id.as_bytes().to_vec()))
            .bind(row.send_at)
            .bind(i64::from(row.revision))
            .bind(row.created_at)
            .bind(row.state.as_str())
            .bind(row.reason.map(ErrorCode::as_str));
            if run(changes.tx, query).await? {
                changes.touch(row.conversation);
                if row.state == ScheduledState::Cancelled {
                    acknowledged::forget_scheduled(changes.tx, row.id).await?;
                }
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM scheduled WHERE seq <= ? RETURNING conversation")
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for bytes in gone {
            changes.touch(id(&bytes)?);
        }
        Ok(())
    }
}

/// Those of a conversation, or of all, as the server has them; without those that were sent or given up.
pub(crate) async fn open(tx: &mut SqliteConnection, conversation: Option<ConversationId>) -> Result<Vec<ScheduledRow>> {
    let rows = sqlx::query(
        "SELECT id, conversation, body, reply_to, send_at, revision, created_at, state, reason FROM scheduled
         WHERE state IN ('waiting', 'failed') AND (?1 IS NULL OR conversation = ?1)",
    )
    .bind(conversation.map(|id| id.as_bytes().to_vec()))
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<ScheduledRow> {
    let body: Option<&str> = get(row, "body")?;
    Ok(ScheduledRow {
        id: id(get(row, "id")?)?,
        conversation: id(get(row, "conversation")?)?,
        body: body.map(from_json).transpose()?,
        reply_to: optional_id(get(row, "reply_to")?)?,
        send_at: get(row, "send_at")?,
        revision: small(get(row, "revision")?),
        created_at: get(row, "created_at")?,
        state: ScheduledState::parse(get(row, "state")?),
        reason: get::<Option<&str>>(row, "reason")?.map(ErrorCode::parse),
    })
}
