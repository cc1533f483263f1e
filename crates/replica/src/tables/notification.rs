use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{get, id, id_list, int, number, optional_id},
};
use hearth_protocol::{
    Seq,
    ids::{ConversationId, MessageId},
    rows::{NotificationKind, NotificationRow},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

impl Kept for NotificationRow {
    const DUMP: &'static str = "SELECT lower(hex(id)) || ' ' || seq || ' ' || json_array(kind, lower(hex(conversation)), pos, lower(hex(thread_root)), lower(hex(sender)), created_at, read_at) FROM notification ORDER BY id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'kind', kind, 'conversation', iif(conversation IS NULL, NULL, lower(hex(conversation))), 'pos', pos,
            'thread_root', iif(thread_root IS NULL, NULL, lower(hex(thread_root))), 'sender', iif(sender IS NULL, NULL, lower(hex(sender))), 'created_at', created_at,
            'read_at', read_at)
         FROM notification WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            if apply(changes.tx, *seq, row).await? {
                changes.touch_inbox(arrival, row);
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        sqlx::query("DELETE FROM notification WHERE seq <= ?").bind(keep_after.map_or(i64::MAX, int)).execute(&mut *changes.tx).await?;
        Ok(())
    }
}

/// Returns whether it changed anything.
async fn apply(tx: &mut SqliteConnection, seq: Seq, row: &NotificationRow) -> Result<bool> {
    let query = sqlx::query(
        "INSERT INTO notification (id, seq, kind, conversation, pos, thread_root, sender, created_at, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, kind = excluded.kind, conversation = excluded.conversation, pos = excluded.pos,
             thread_root = excluded.thread_root, sender = excluded.sender, created_at = excluded.created_at, read_at = excluded.read_at
         WHERE excluded.seq > notification.seq",
    )
    .bind(row.id.as_bytes())
    .bind(int(seq))
    .bind(row.kind.as_str())
    .bind(row.conversation.map(|id| id.as_bytes().to_vec()))
    .bind(row.pos.map(int))
    .bind(row.thread_root.map(|id| id.as_bytes().to_vec()))
    .bind(row.sender.map(|id| id.as_bytes().to_vec()))
    .bind(row.created_at)
    .bind(row.read_at);
    crate::sql::run(tx, query).await
}

/// Whether I am told of anything there that is read with the conversation.
pub(crate) async fn is_of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM notification WHERE conversation = ? AND kind IN ('mention', 'reply') AND read_at IS NULL)";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).fetch_one(tx).await?)
}

/// Whether I am told of any of these messages.
pub(crate) async fn are_of(tx: &mut SqliteConnection, messages: impl Iterator<Item = MessageId>) -> Result<bool> {
    let messages: Vec<MessageId> = messages.collect();
    let sql = "SELECT EXISTS (SELECT 1 FROM notification WHERE id IN (SELECT unhex(value) FROM json_each(?)))";
    Ok(sqlx::query_scalar(sql).bind(id_list(messages.iter().map(|message| message.as_bytes()))?).fetch_one(tx).await?)
}

/// The newest first.
pub(crate) async fn newest(tx: &mut SqliteConnection, limit: u32) -> Result<Vec<NotificationRow>> {
    let rows = sqlx::query(
        "SELECT id, kind, conversation, pos, thread_root, sender, created_at, read_at FROM notification ORDER BY created_at DESC, id LIMIT ?",
    )
    .bind(i64::from(limit))
    .fetch_all(tx)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<NotificationRow> {
    Ok(NotificationRow {
        id: id(get(row, "id")?)?,
        kind: NotificationKind::parse(get(row, "kind")?),
        conversation: optional_id(get(row, "conversation")?)?,
        pos: get::<Option<i64>>(row, "pos")?.map(number),
        thread_root: optional_id(get(row, "thread_root")?)?,
        sender: optional_id(get(row, "sender")?)?,
        created_at: get(row, "created_at")?,
        read_at: get(row, "read_at")?,
    })
}
