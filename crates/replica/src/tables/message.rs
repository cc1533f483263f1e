//! Messages: written in bulk, guarded by seq, hidden outside the known intervals, indexed for search while visible.

mod removal;
mod write;

pub(crate) use removal::{age, clear, purge, retain, sweep};
pub(crate) use write::{moment_of, number_at};

use super::{delivery, reaction, version};
use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    search::Index,
    sql::{damaged, from_json, get, id, int, number, optional_id, small},
};
use hearth_protocol::{
    Pos, Seq,
    body::Body,
    digest::Entry,
    ids::{ConversationId, MessageId},
    rows::MessageRow,
    stream::StreamId,
};
use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

/// The columns that [`read`] wants, of a table named `m`.
pub(crate) const COLUMNS: &str =
    "m.id, m.pos, m.sender, m.body, m.created_at, m.edited_at, m.revision, m.reply_to, m.forwarded, m.thread_root, m.aside";

impl Kept for MessageRow {
    const DUMP: &'static str = "SELECT lower(hex(conversation)) || ' ' || pos || ' ' || lower(hex(id)) || ' ' || seq || ' '
            || json_array(lower(hex(sender)), body, created_at, edited_at, revision, deleted, lower(hex(reply_to)), forwarded, lower(hex(thread_root)), aside)
         FROM message WHERE hidden = 0 ORDER BY conversation, pos, id";
    const WIRE: &'static str = "SELECT seq, json_object('id', lower(hex(id)), 'pos', pos, 'sender', lower(hex(sender)), 'body', json(body), 'created_at', created_at,
            'edited_at', edited_at, 'revision', revision, 'reply_to', iif(reply_to IS NULL, NULL, lower(hex(reply_to))),
            'forwarded', json(iif(forwarded, 'true', 'false')), 'thread_root', iif(thread_root IS NULL, NULL, lower(hex(thread_root))),
            'in_conversation', json(iif(thread_root IS NULL OR aside, 'false', 'true')))
         FROM message WHERE conversation = ?1 AND hidden = 0";

    /// In bulk: visible where their places are known.
    async fn apply(changes: &mut Changes<'_>, arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        let StreamId::Conversation(conversation) = arrival.stream else { return Ok(()) };
        let retained = changes.retained(conversation).await?;
        let deleted: Vec<MessageId> = rows.iter().filter(|(_, row)| row.body.is_none()).map(|(_, row)| row.id).collect();
        let purged = |(seq, row): &&(Seq, &Self)| (row.body.is_none() && *seq <= arrival.floor) || row.pos < retained;
        let kept: Vec<(Seq, &Self)>;
        let rows = if rows.iter().any(|row| purged(&row)) {
            kept = rows.iter().filter(|row| !purged(row)).copied().collect();
            &kept
        } else {
            rows
        };
        let written = write::apply(changes.tx, &mut changes.index, conversation, arrival.known, rows).await?;
        if written.changed {
            changes.touch(conversation);
            changes.touch_told_of(rows.iter().map(|(_, row)| row.id)).await?;
        }
        reaction::forget_deleted(changes.tx, &deleted).await?;
        version::forget(changes.tx, &deleted).await?;
        crate::outbox::acknowledged::forget(changes.tx, rows.iter().filter(|(_, row)| row.body.is_none()).map(|(_, row)| row.id)).await?;
        let appeared = written.appeared.iter().filter_map(|at| rows.get(*at)).map(|(_, row)| row);
        let said = |row: &MessageRow| row.body.as_ref().is_some_and(|body| !body.is_system());
        let theirs = appeared.filter(|row| Some(row.sender) != changes.me && said(row));
        if let Some(pos) = theirs.map(|row| row.pos).max() {
            delivery::reach(changes.tx, conversation, pos).await?;
        }
        for (_, row) in written.appeared.iter().filter_map(|at| rows.get(*at)) {
            changes.tell(arrival, row);
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let StreamId::Conversation(conversation) = stream else { return Ok(()) };
        delivery::forget(changes.tx, conversation).await?;
        clear(changes.tx, &mut changes.index, conversation, keep_after).await
    }
}

/// What the digest of the places `[from, to)` is made of.
pub(crate) async fn entries(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT pos, id, seq, revision FROM message
         WHERE conversation = ? AND pos >= ? AND pos < ? AND deleted = 0 AND hidden = 0 ORDER BY pos",
    )
    .bind(conversation.as_bytes())
    .bind(int(from))
    .bind(int(to))
    .fetch_all(tx)
    .await?;
    let entry = |row: &SqliteRow| {
        let (pos, seq) = (number(get(row, "pos")?), number(get(row, "seq")?));
        Ok(Entry { pos, id: id(get(row, "id")?)?, seq, revision: small(get(row, "revision")?) })
    };
    rows.iter().map(entry).collect()
}

pub(crate) fn read(row: &SqliteRow) -> Result<MessageRow> {
    let body: Option<String> = get(row, "body")?;
    let thread_root = optional_id(get(row, "thread_root")?)?;
    Ok(MessageRow {
        id: id(get(row, "id")?)?,
        pos: number(get(row, "pos")?),
        sender: id(get(row, "sender")?)?,
        body: body.as_deref().map(from_json::<Body>).transpose()?,
        created_at: get(row, "created_at")?,
        edited_at: get(row, "edited_at")?,
        revision: small(get(row, "revision")?),
        reply_to: optional_id(get(row, "reply_to")?)?,
        forwarded: get(row, "forwarded")?,
        thread_root,
        in_conversation: thread_root.is_some() && !get::<bool>(row, "aside")?,
    })
}

/// Shows what was kept hidden in `[from, to)`, now that it is known. Returns whether there was anything.
pub(crate) async fn reveal(tx: &mut SqliteConnection, index: &mut Index, conversation: ConversationId, from: Pos, to: Pos) -> Result<bool> {
    let found: Vec<(i64, Option<String>)> =
        sqlx::query_as("SELECT n, text FROM message WHERE conversation = ? AND pos >= ? AND pos < ? AND hidden = 1")
            .bind(conversation.as_bytes())
            .bind(int(from))
            .bind(int(to))
            .fetch_all(&mut *tx)
            .await?;
    if found.is_empty() {
        return Ok(false);
    }
    for (n, text) in &found {
        index.show(*n, text.as_deref());
    }
    sqlx::query("UPDATE message SET hidden = 0 WHERE conversation = ? AND pos >= ? AND pos < ? AND hidden = 1")
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(to))
        .execute(tx)
        .await?;
    Ok(true)
}

/// The places of the visible messages of this copy.
pub(crate) async fn visible_places(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Vec<Pos>> {
    let kept: Vec<i64> = sqlx::query_scalar("SELECT pos FROM message WHERE conversation = ? AND hidden = 0 AND seq > 0")
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    Ok(kept.into_iter().map(number).collect())
}

/// The highest place, from `from` on, of a message that the cursor has passed.
pub(crate) async fn last_passed(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, cursor: Seq) -> Result<Option<Pos>> {
    let pos: Option<i64> = sqlx::query_scalar("SELECT max(pos) FROM message WHERE conversation = ? AND pos >= ? AND seq <= ?")
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(cursor))
        .fetch_one(tx)
        .await?;
    Ok(pos.map(number))
}

/// A message that can be seen, as the server has it.
pub(crate) async fn visible(tx: &mut SqliteConnection, conversation: ConversationId, id: MessageId) -> Result<Option<MessageRow>> {
    let sql = format!("SELECT {COLUMNS} FROM message m WHERE m.id = ? AND m.conversation = ? AND m.hidden = 0");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(id.as_bytes()).bind(conversation.as_bytes());
    query.fetch_optional(tx).await?.as_ref().map(read).transpose()
}

/// The place of a visible message.
pub(crate) async fn place(tx: &mut SqliteConnection, conversation: ConversationId, message: MessageId) -> Result<Option<Pos>> {
    let row: Option<(i64, Vec<u8>)> = sqlx::query_as("SELECT pos, conversation FROM message WHERE id = ? AND hidden = 0")
        .bind(message.as_bytes())
        .fetch_optional(tx)
        .await?;
    let Some((pos, found)) = row else { return Ok(None) };
    let found: ConversationId = id(&found).map_err(damaged)?;
    Ok((found == conversation).then_some(number(pos)))
}
