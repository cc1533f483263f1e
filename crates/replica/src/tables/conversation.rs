use super::picture;
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    search::fold_name,
    sql::{int, optional_id},
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, MediaId, UserId},
    rows::ConversationRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for ConversationRow {
    const DUMP: &'static str = "SELECT lower(hex(id)) || ' ' || seq || ' ' || json_array(kind, name, topic, shared_history, lower(hex(group_id)), private, lower(hex(picture)), created_at, lower(hex(created_by)))
         FROM conversation ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'kind', kind, 'name', name, 'topic', topic, 'shared_history', json(iif(shared_history, 'true', 'false')),
            'group', iif(group_id IS NULL, NULL, lower(hex(group_id))), 'private', json(iif(private, 'true', 'false')),
            'picture', iif(picture IS NULL, NULL, lower(hex(picture))), 'created_at', created_at,
            'created_by', iif(created_by IS NULL, NULL, lower(hex(created_by))))
         FROM conversation WHERE id = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Conversation(id) = arrival.stream else { return Ok(()) };
        for (seq, row) in rows {
            if apply(changes.tx, id, *seq, row).await? {
                changes.touch(id);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Conversation(id) = stream else { return Ok(()) };
        delete(changes.tx, id, keep_after).await
    }
}

/// Returns whether it changed anything. The id is the stream's: what the row says of itself is not trusted.
async fn apply(tx: &mut SqliteConnection, id: ConversationId, seq: Seq, row: &ConversationRow) -> Result<bool> {
    let before: Option<Option<Vec<u8>>> =
        sqlx::query_scalar("SELECT picture FROM conversation WHERE id = ?").bind(id.as_bytes()).fetch_optional(&mut *tx).await?;
    let query = sqlx::query(
        "INSERT INTO conversation (id, seq, kind, name, topic, shared_history, group_id, private, picture, created_at, created_by, folded)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, name = excluded.name, topic = excluded.topic,
             shared_history = excluded.shared_history, group_id = excluded.group_id, private = excluded.private,
             picture = excluded.picture, created_at = excluded.created_at, created_by = excluded.created_by, folded = excluded.folded
         WHERE excluded.seq > conversation.seq",
    )
    .bind(id.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(&row.name)
    .bind(&row.topic)
    .bind(row.shared_history)
    .bind(row.group.map(|group| group.as_bytes().to_vec()))
    .bind(row.private)
    .bind(row.picture.as_ref().map(MediaId::as_bytes))
    .bind(row.created_at)
    .bind(row.created_by.as_ref().map(UserId::as_bytes))
    .bind(fold_name(&row.name));
    if !crate::sql::run(tx, query).await? {
        return Ok(false);
    }
    if let Some(other) = optional_id(before.flatten())?.filter(|before| row.picture != Some(*before)) {
        picture::drop(tx, other).await?;
    }
    Ok(true)
}

async fn delete(tx: &mut SqliteConnection, id: ConversationId, keep_after: Option<Seq>) -> Result<()> {
    let shown: Option<Option<Vec<u8>>> = sqlx::query_scalar("DELETE FROM conversation WHERE id = ? AND seq <= ? RETURNING picture")
        .bind(id.as_bytes())
        .bind(keep_after.map_or(i64::MAX, int))
        .fetch_optional(&mut *tx)
        .await?;
    match optional_id(shown.flatten())? {
        Some(shown) => picture::drop(tx, shown).await,
        None => Ok(()),
    }
}
