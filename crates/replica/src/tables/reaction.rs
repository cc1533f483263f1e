//! What people have put on messages: each guarded by its seq, and shown where its message is shown.

use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{from_json, id, id_list, int, number},
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, MessageId, UserId},
    row::Row,
    rows::ReactionRow,
    stream::StreamId,
};
use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite, SqliteConnection};
use std::collections::BTreeSet;

/// Reactions of one INSERT.
const ROWS_PER_INSERT: usize = 100;

impl Kept for ReactionRow {
    const DUMP: &'static str =
        "SELECT lower(hex(r.conversation)) || ' ' || r.pos || ' ' || lower(hex(r.message)) || ' ' || r.seq || ' ' || json_array(r.emoji, lower(hex(r.user)), r.at)
         FROM reaction r JOIN message m ON m.id = r.message AND m.hidden = 0 WHERE r.at IS NOT NULL
         ORDER BY r.conversation, r.pos, r.message, r.emoji, r.user";
    const WIRE: &'static str = "SELECT seq, json_object('message', lower(hex(message)), 'pos', pos, 'user', lower(hex(user)), 'emoji', emoji, 'at', at)
         FROM reaction WHERE conversation = ?1 AND at IS NOT NULL AND EXISTS (SELECT 1 FROM message m WHERE m.id = reaction.message AND m.hidden = 0)";

    /// What is of a message that is not here waits for it, out of sight.
    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Conversation(conversation) = arrival.stream else { return Ok(()) };
        let retained = changes.retained(conversation).await?;
        let deleted = deleted(changes.tx, rows).await?;
        let rows = in_time(rows, retained, arrival.floor, &deleted);
        if write(changes.tx, conversation, &rows).await? {
            changes.touch(conversation);
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Conversation(conversation) = stream else { return Ok(()) };
        clear(changes.tx, conversation, keep_after).await
    }
}

/// Without what is of a message that is gone, and what was taken back so long ago that nobody keeps it.
fn in_time<'a>(rows: &[(Seq, &'a ReactionRow)], retained: Pos, floor: Seq, deleted: &BTreeSet<MessageId>) -> Vec<(Seq, &'a ReactionRow)> {
    let late = |seq: Seq, row: &ReactionRow| row.pos < retained || (row.at.is_none() && seq <= floor) || deleted.contains(&row.message);
    rows.iter().copied().filter(|(seq, row)| !late(*seq, row)).collect()
}

/// Writes those that are newer than what is here. Returns whether there was any.
async fn write(tx: &mut SqliteConnection, conversation: ConversationId, rows: &[(Seq, &ReactionRow)]) -> Result<bool> {
    let mut changed = false;
    for chunk in rows.chunks(ROWS_PER_INSERT) {
        let written = QueryBuilder::<Sqlite>::new("INSERT INTO reaction (message, emoji, user, conversation, pos, at, seq) ")
            .push_values(chunk, |mut values, (seq, row)| {
                values
                    .push_bind(row.message.as_bytes())
                    .push_bind(&row.emoji)
                    .push_bind(row.user.as_bytes())
                    .push_bind(conversation.as_bytes())
                    .push_bind(int(row.pos))
                    .push_bind(row.at)
                    .push_bind(int(*seq));
            })
            .push(
                " ON CONFLICT (message, emoji, user) DO UPDATE SET pos = excluded.pos, at = excluded.at, seq = excluded.seq
                  WHERE excluded.seq > reaction.seq AND excluded.conversation = reaction.conversation",
            )
            .build()
            .execute(&mut *tx)
            .await?;
        changed = changed || written.rows_affected() > 0;
    }
    Ok(changed)
}

/// The messages of these that this copy has as deleted.
async fn deleted(tx: &mut SqliteConnection, rows: &[(Seq, &ReactionRow)]) -> Result<BTreeSet<MessageId>> {
    let messages: BTreeSet<MessageId> = rows.iter().map(|(_, row)| row.message).collect();
    let found: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT id FROM message WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND deleted = 1 AND seq > 0")
            .bind(id_list(messages.iter().map(|id| id.as_bytes()))?)
            .fetch_all(tx)
            .await?;
    found.iter().map(|bytes| id(bytes)).collect()
}

/// Nothing stands on what was deleted.
pub(crate) async fn forget_deleted(tx: &mut SqliteConnection, deleted: &[MessageId]) -> Result<()> {
    if deleted.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "DELETE FROM reaction WHERE message IN (SELECT unhex(value) FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = reaction.message AND m.deleted = 0)",
    )
    .bind(id_list(deleted.iter().map(|id| id.as_bytes()))?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Removes this copy's reactions, up to `keep_after` if given.
pub(crate) async fn clear(tx: &mut SqliteConnection, conversation: ConversationId, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query("DELETE FROM reaction WHERE conversation = ? AND seq > 0 AND seq <= ?")
        .bind(conversation.as_bytes())
        .bind(keep_after.map_or(i64::MAX, int))
        .execute(tx)
        .await?;
    Ok(())
}

/// Another copy takes the place of this one: what shows below a place stays until the new copy says what stands there.
pub(crate) async fn age(tx: &mut SqliteConnection, conversation: ConversationId, below: Pos, keep_after: Option<Seq>) -> Result<()> {
    sqlx::query(
        "UPDATE reaction SET seq = 0 WHERE conversation = ? AND pos < ? AND seq <= ? AND at IS NOT NULL
            AND EXISTS (SELECT 1 FROM message m WHERE m.id = reaction.message AND m.hidden = 0)",
    )
    .bind(conversation.as_bytes())
    .bind(int(below))
    .bind(keep_after.map_or(i64::MAX, int))
    .execute(tx)
    .await?;
    Ok(())
}

/// Removes what is left of an older copy on the places `[from, to)`.
pub(crate) async fn sweep(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<()> {
    sqlx::query("DELETE FROM reaction WHERE conversation = ? AND pos >= ? AND pos < ? AND seq = 0")
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(to))
        .execute(tx)
        .await?;
    Ok(())
}

/// Removes what stays of those that were taken back, where they changed last at or before `floor`.
pub(crate) async fn purge(tx: &mut SqliteConnection, conversation: ConversationId, floor: Seq) -> Result<()> {
    sqlx::query("DELETE FROM reaction WHERE conversation = ? AND at IS NULL AND seq <= ?")
        .bind(conversation.as_bytes())
        .bind(int(floor))
        .execute(tx)
        .await?;
    Ok(())
}

/// Removes what stands below a place.
pub(crate) async fn retain(tx: &mut SqliteConnection, conversation: ConversationId, pos: Pos) -> Result<()> {
    sqlx::query("DELETE FROM reaction WHERE conversation = ? AND pos < ?").bind(conversation.as_bytes()).bind(int(pos)).execute(tx).await?;
    Ok(())
}

/// What shows on the places `[from, to)`, as it came over the wire.
pub(crate) async fn between(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<Vec<Row>> {
    let sql = format!("{} AND pos >= ?2 AND pos < ?3 ORDER BY pos, message, emoji, user", ReactionRow::WIRE);
    let query = sqlx::query_as(AssertSqlSafe(sql)).bind(conversation.as_bytes()).bind(int(from)).bind(int(to));
    let found: Vec<(i64, String)> = query.fetch_all(tx).await?;
    found.iter().map(|(seq, data)| Ok(Row::new(number(*seq), from_json::<ReactionRow>(data)?))).collect()
}

/// Whether somebody has an emoji on a message, as the server has said.
pub(crate) async fn has(tx: &mut SqliteConnection, message: MessageId, user: UserId, emoji: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM reaction WHERE message = ? AND user = ? AND emoji = ? AND at IS NOT NULL)";
    Ok(sqlx::query_scalar(sql).bind(message.as_bytes()).bind(user.as_bytes()).bind(emoji).fetch_one(tx).await?)
}
