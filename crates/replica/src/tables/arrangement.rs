use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, int, number},
};
use hearth_protocol::{
    Seq,
    ids::ConversationId,
    rows::{ArrangementRow, NotificationLevel},
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for ArrangementRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || seq || ' ' || json_array(pinned_at, archived_to, muted_until, level)
        FROM arrangement ORDER BY conversation";
    const WIRE: &'static str =
        "SELECT seq, json_object('conversation', lower(hex(conversation)), 'pinned_at', pinned_at, 'archived_to', archived_to,
            'muted_until', muted_until, 'level', level) FROM arrangement WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.touch(row.conversation);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM arrangement WHERE seq <= ? RETURNING conversation")
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for bytes in gone {
            changes.touch(id(&bytes)?);
        }
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &ArrangementRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO arrangement (conversation, seq, pinned_at, archived_to, muted_until, level) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, pinned_at = excluded.pinned_at, archived_to = excluded.archived_to,
             muted_until = excluded.muted_until, level = excluded.level
         WHERE excluded.seq > arrangement.seq OR ?",
    )
    .bind(row.conversation.as_bytes())
    .bind(int(seq))
    .bind(row.pinned_at)
    .bind(row.archived_to.map(int))
    .bind(row.muted_until)
    .bind(row.level.as_str())
    .bind(!holds(Rule::NewestRow));
    crate::sql::run(tx, query).await
}

/// How I have a conversation, from a row with the columns of the table, all of them NULL where nothing is arranged.
pub(crate) fn read(conversation: ConversationId, row: &SqliteRow) -> Result<ArrangementRow> {
    Ok(ArrangementRow {
        conversation,
        pinned_at: get(row, "pinned_at")?,
        archived_to: get::<Option<i64>>(row, "archived_to")?.map(number),
        muted_until: get(row, "muted_until")?,
        level: get::<Option<&str>>(row, "level")?.map(NotificationLevel::parse).unwrap_or_default(),
    })
}
