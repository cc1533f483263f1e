use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int},
};
use hearth_protocol::{
    Seq,
    ids::ConversationId,
    rows::ReadMarkerRow,
    rule::{Rule, holds},
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for ReadMarkerRow {
    const DUMP: &'static str =
        "SELECT lower(hex(conversation)) || ' ' || seq || ' ' || json_array(pos, at) FROM read_marker ORDER BY conversation";
    const WIRE: &'static str =
        "SELECT seq, json_object('conversation', lower(hex(conversation)), 'pos', pos, 'at', at) FROM read_marker WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.touch(row.conversation);
                changes.touch_mentions(row.conversation).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone = clear(changes.tx, keep_after).await?;
        gone.into_iter().for_each(|conversation| changes.touch(conversation));
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &ReadMarkerRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO read_marker (conversation, seq, pos, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, pos = excluded.pos, at = excluded.at
         WHERE excluded.seq > read_marker.seq OR ?",
    )
    .bind(row.conversation.as_bytes())
    .bind(int(seq))
    .bind(int(row.pos))
    .bind(row.at)
    .bind(!holds(Rule::NewestRow));
    crate::sql::run(tx, query).await
}

/// Removes the rows of the old copy, up to `keep_after` if given; returns their conversations.
async fn clear(tx: &mut SqliteConnection, keep_after: Option<Seq>) -> Result<Vec<ConversationId>> {
    let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM read_marker WHERE seq <= ? RETURNING conversation")
        .bind(keep_after.map_or(i64::MAX, int))
        .fetch_all(tx)
        .await?;
    gone.iter().map(|bytes| id(bytes)).collect()
}
