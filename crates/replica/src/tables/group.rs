use super::picture;
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int, optional_id},
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, GroupId, MediaId, UserId},
    rows::GroupRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for GroupRow {
    const DUMP: &'static str = "SELECT lower(hex(id)) || ' ' || seq || ' ' || json_array(name, about, lower(hex(picture)), created_at, lower(hex(created_by))) FROM group_info ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'name', name, 'about', about, 'picture', iif(picture IS NULL, NULL, lower(hex(picture))), 'created_at', created_at,
            'created_by', iif(created_by IS NULL, NULL, lower(hex(created_by)))) FROM group_info WHERE id = ?1";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Group(group) = arrival.stream else { return Ok(()) };
        for (seq, row) in rows {
            if apply(changes.tx, group, *seq, row).await? {
                changes.touch_groups();
                // Their lines show its name.
                for conversation in channels(changes.tx, group).await? {
                    changes.touch(conversation);
                }
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Group(group) = stream else { return Ok(()) };
        let shown: Option<Option<Vec<u8>>> = sqlx::query_scalar("DELETE FROM group_info WHERE id = ? AND seq <= ? RETURNING picture")
            .bind(group.as_bytes())
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_optional(&mut *changes.tx)
            .await?;
        match optional_id(shown.flatten())? {
            Some(shown) => picture::drop(changes.tx, shown).await,
            None => Ok(()),
        }
    }
}

/// Returns whether it changed anything. The id is the stream's: what the row says of itself is not trusted.
async fn apply(tx: &mut SqliteConnection, group: GroupId, seq: Seq, row: &GroupRow) -> Result<bool> {
    let before: Option<Option<Vec<u8>>> =
        sqlx::query_scalar("SELECT picture FROM group_info WHERE id = ?").bind(group.as_bytes()).fetch_optional(&mut *tx).await?;
    let query = sqlx::query(
        "INSERT INTO group_info (id, seq, name, about, picture, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, name = excluded.name, about = excluded.about, picture = excluded.picture,
             created_at = excluded.created_at, created_by = excluded.created_by
         WHERE excluded.seq > group_info.seq",
    )
    .bind(group.as_bytes())
    .bind(int(seq))
    .bind(&row.name)
    .bind(&row.about)
    .bind(row.picture.as_ref().map(MediaId::as_bytes))
    .bind(row.created_at)
    .bind(row.created_by.as_ref().map(UserId::as_bytes));
    if !crate::sql::run(tx, query).await? {
        return Ok(false);
    }
    if let Some(other) = optional_id(before.flatten())?.filter(|before| row.picture != Some(*before)) {
        picture::drop(tx, other).await?;
    }
    Ok(true)
}

/// Remembers which group's channel a conversation is. Returns whether that is new.
pub(crate) async fn learn_home(tx: &mut SqliteConnection, conversation: ConversationId, group: GroupId) -> Result<bool> {
    let query = sqlx::query("INSERT INTO home (conversation, group_id) VALUES (?, ?) ON CONFLICT DO NOTHING");
    crate::sql::run(tx, query.bind(conversation.as_bytes()).bind(group.as_bytes())).await
}

/// The channels that are known to be of a group, whether or not they are here.
pub(crate) async fn channels(tx: &mut SqliteConnection, group: GroupId) -> Result<Vec<ConversationId>> {
    let ids: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT conversation FROM home WHERE group_id = ?").bind(group.as_bytes()).fetch_all(tx).await?;
    ids.iter().map(|bytes| id(bytes)).collect()
}
