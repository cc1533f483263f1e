//! A conversation's line in the list, derived from rows and outbox.

use crate::{
    Result, StreamState,
    sql::{from_json, get},
};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    limits,
    mutations::{CreateDirect, Intent},
    stream::StreamId,
};
use sqlx::{SqliteConnection, sqlite::SqliteRow};

/// What a line is derived from.
struct Facts {
    row: SqliteRow,
    /// The outbox's part: the newest message, the furthest reading, a direct conversation to be made.
    outbox_n: Option<i64>,
    outbox_at: i64,
    outbox_pos: i64,
    create: Option<CreateDirect>,
}

/// Derives the line again. Every transaction that changes what it stands on ends with this.
pub(crate) async fn refresh(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>) -> Result<()> {
    let facts = Facts::gather(tx, conversation).await?;
    let row = &facts.row;
    let own_kind: Option<String> = get(row, "own_kind")?;
    let member_kind: Option<String> = get(row, "member_kind")?;
    let followed = get::<Option<&str>>(row, "state")?.is_some();
    let listed = own_kind.is_some() || (member_kind.is_some() && followed) || facts.create.is_some();
    let kind = own_kind.or(member_kind).unwrap_or_else(|| "direct".into());
    let read_pos = facts.read_pos()?;
    let unread = unread(tx, conversation, me, &facts, read_pos).await?;
    let peer = match get::<Option<Vec<u8>>>(row, "peer")? {
        None if kind == "direct" => match &facts.create {
            Some(create) => Some(create.peer.as_bytes().to_vec()),
            None => other_member(tx, conversation, me).await?,
        },
        peer => peer,
    };
    let active_at = get::<i64>(row, "active_at")?.max(facts.outbox_at);
    sqlx::query(
        "INSERT INTO line (conversation, listed, kind, peer, last_n, outbox_n, active_at, read_pos, unread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation) DO UPDATE SET listed = excluded.listed, kind = excluded.kind, peer = excluded.peer,
             last_n = excluded.last_n, outbox_n = excluded.outbox_n, active_at = excluded.active_at,
             read_pos = excluded.read_pos, unread = excluded.unread",
    )
    .bind(conversation.as_bytes())
    .bind(listed)
    .bind(kind)
    .bind(peer)
    .bind(get::<Option<i64>>(row, "last_n")?)
    .bind(facts.outbox_n)
    .bind(active_at)
    .bind(read_pos)
    .bind(unread)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE stream SET active_at = ?1 WHERE conversation = ?2 AND active_at <> ?1")
        .bind(active_at)
        .bind(conversation.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}

impl Facts {
    async fn gather(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Self> {
        let row = sqlx::query(
            "SELECT c.kind AS own_kind, m.kind AS member_kind, m.peer AS peer, coalesce(r.pos, 0) AS marker,
                s.state AS state, coalesce(s.cursor, 0) AS cursor, coalesce(s.covered_to, 1) AS covered_to,
                s.unread_count AS unread_count, coalesce(s.unread_as_of, 0) AS unread_as_of,
                last.n AS last_n, coalesce(last.pos, 0) AS last_pos,
                coalesce(last.created_at, c.created_at, m.joined_at, 0) AS active_at
             FROM (SELECT 1)
             LEFT JOIN conversation c ON c.id = ?1
             LEFT JOIN membership m ON m.conversation = ?1 AND m.left_at IS NULL
             LEFT JOIN read_marker r ON r.conversation = ?1
             LEFT JOIN stream s ON s.id = ?2
             LEFT JOIN message last ON last.n = (SELECT n FROM message WHERE conversation = ?1 ORDER BY pos DESC LIMIT 1)",
        )
        .bind(conversation.as_bytes())
        .bind(StreamId::Conversation(conversation).to_string())
        .fetch_one(&mut *tx)
        .await?;
        type Outbox = (Option<i64>, Option<i64>, Option<i64>, Option<String>);
        let (outbox_n, outbox_at, outbox_pos, create): Outbox = sqlx::query_as(
            "SELECT max(CASE WHEN echo THEN n END), max(CASE WHEN echo THEN made_at_local END),
                max(CASE WHEN what = 'mark_read' AND state <> 'failed' THEN pos END), max(CASE WHEN what = 'create_direct' THEN intent END)
             FROM (SELECT *, what = 'send_message'
                    AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = outbox.id AND hidden = 0) AS echo
                   FROM outbox WHERE conversation = ?)",
        )
        .bind(conversation.as_bytes())
        .fetch_one(tx)
        .await?;
        let create = create.as_deref().map(from_json::<Intent>).transpose()?;
        let create = match create {
            Some(Intent::CreateDirect(create)) => Some(create),
            _ => None,
        };
        Ok(Self { row, outbox_n, outbox_at: outbox_at.unwrap_or(0), outbox_pos: outbox_pos.unwrap_or(0), create })
    }

    /// My read marker, or further where the outbox says so.
    fn read_pos(&self) -> Result<i64> {
        Ok(get::<i64>(&self.row, "marker")?.max(self.outbox_pos))
    }
}

/// My own count once every message after the marker is here; the server's until then, and what came since.
async fn unread(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>, facts: &Facts, read_pos: i64) -> Result<i64> {
    let row = &facts.row;
    let limit = i64::from(limits::UNREAD_SHOWN_MAX);
    let covered_to: i64 = get(row, "covered_to")?;
    let server: Option<i64> = get(row, "unread_count")?;
    let as_of: i64 = get(row, "unread_as_of")?;
    let state = get::<Option<&str>>(row, "state")?.and_then(StreamState::parse);
    let caught_up = state.is_none_or(|state| state != StreamState::New) && get::<i64>(row, "cursor")? >= as_of;
    let read_all = read_pos >= get::<i64>(row, "last_pos")? && read_pos > 0;
    let own = read_all || server.is_none() || (caught_up && covers(tx, conversation, read_pos, covered_to).await?);
    let counted: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT 1 FROM message WHERE conversation = ?1 AND pos > ?2 AND hidden = 0 AND deleted = 0 AND sender <> ?3
                AND (?4 OR (seq > ?5 AND revision = 0)) LIMIT ?6)",
    )
    .bind(conversation.as_bytes())
    .bind(read_pos)
    .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
    .bind(own)
    .bind(as_of)
    .bind(limit)
    .fetch_one(tx)
    .await?;
    let unread = if own { counted } else { server.unwrap_or(0).saturating_add(counted) };
    Ok(unread.clamp(0, limit))
}

/// True when every message after the marker is here, up to where the copy ends.
async fn covers(tx: &mut SqliteConnection, conversation: ConversationId, read_pos: i64, covered_to: i64) -> Result<bool> {
    if read_pos.saturating_add(1) >= covered_to {
        return Ok(true);
    }
    let covers = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM known WHERE conversation = ? AND from_pos <= ? AND to_pos >= ?)")
        .bind(conversation.as_bytes())
        .bind(read_pos.saturating_add(1))
        .bind(covered_to)
        .fetch_one(tx)
        .await?;
    Ok(covers)
}

async fn other_member(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>) -> Result<Option<Vec<u8>>> {
    let me = me.map(|me| me.as_bytes().to_vec()).unwrap_or_default();
    let other = sqlx::query_scalar("SELECT user FROM member WHERE conversation = ? AND user <> ? ORDER BY user LIMIT 1")
        .bind(conversation.as_bytes())
        .bind(me)
        .fetch_optional(tx)
        .await?;
    Ok(other)
}

/// For conversations of which nothing is here any more.
pub(crate) async fn drop_if_empty(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query(
        "DELETE FROM line WHERE conversation = ?1 AND listed = 0 AND NOT EXISTS (SELECT 1 FROM stream WHERE conversation = ?1)",
    )
    .bind(conversation.as_bytes())
    .execute(tx)
    .await?;
    Ok(())
}

/// The furthest that I have read, as the line knows it.
pub(crate) async fn read_pos(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<u64> {
    let pos: Option<i64> = sqlx::query_scalar("SELECT read_pos FROM line WHERE conversation = ?").bind(conversation.as_bytes()).fetch_optional(tx).await?;
    Ok(pos.map_or(0, crate::sql::number))
}
