//! My copies of streams: generation, cursor, head.

use super::membership::{left_it, version};
use crate::{
    Result, StreamState,
    sql::{damaged, int, number, optional_id},
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, Epoch, GroupId},
    rule::{Rule, holds},
    stream::StreamId,
    sync::Unread,
};
use sqlx::SqliteConnection;

/// A stream's row, and whether I have left what it is of.
#[derive(Clone, Debug)]
pub(crate) struct StreamRow {
    pub id: StreamId,
    pub state: StreamState,
    pub epoch: Option<Epoch>,
    pub vis_ver: u64,
    pub cursor: Seq,
    pub head: Seq,
    pub covered_to: Pos,
    /// Tombstones up to here are purged, here as on the server: older frames and pages are late.
    pub floor: Seq,
    pub left: bool,
    /// The version that my membership speaks of: copies and frames of a lower one are late. 0 while my own stream is not here.
    pub expected: u64,
    /// Ranges of it came early.
    pub early: bool,
    /// Messages of it are hidden.
    pub hidden: bool,
    /// The server cannot have given this cursor: nothing of the copy is kept when the next one comes.
    pub void: bool,
}

impl StreamRow {
    /// True when the rows that are here are of this copy.
    pub fn is_copy(&self, epoch: Epoch, vis_ver: u64) -> bool {
        (self.epoch == Some(epoch) || !holds(Rule::EpochCheck)) && self.vis_ver == vis_ver
    }

    pub fn conversation(&self) -> Option<ConversationId> {
        self.id.conversation()
    }
}

fn kind(stream: StreamId) -> i64 {
    match stream {
        StreamId::User(_) => 0,
        StreamId::Conversation(_) => 1,
        StreamId::Members(_) => 2,
        StreamId::Receipts(_) => 3,
        // Before all others: it says which conversations there are.
        StreamId::Group(_) => -1,
    }
}

/// The group whose stream it is.
fn group(stream: StreamId) -> Option<Vec<u8>> {
    if let StreamId::Group(id) = stream { Some(id.as_bytes().to_vec()) } else { None }
}

pub(crate) async fn find(tx: &mut SqliteConnection, stream: StreamId) -> Result<Option<StreamRow>> {
    type Found = (String, Option<Vec<u8>>, i64, i64, i64, i64, i64, bool, i64, bool, bool, bool);
    let row: Option<Found> = sqlx::query_as(concat!(
        "SELECT state, epoch, vis_ver, cursor, head, covered_to, floor,
                CASE WHEN ?2 IS NULL THEN ",
        left_it!("stream.conversation"),
        "       ELSE EXISTS (SELECT 1 FROM group_membership g WHERE g.group_id = ?2 AND g.left_at IS NOT NULL) END,
                CASE WHEN NOT EXISTS (SELECT 1 FROM stream mine WHERE mine.kind = 0 AND mine.state <> 'new') THEN 0
                    WHEN ?2 IS NULL THEN ",
        version!("stream.conversation"),
        "           ELSE coalesce((SELECT g.vis_ver FROM group_membership g WHERE g.group_id = ?2), 0) END,
                EXISTS (SELECT 1 FROM ahead WHERE ahead.stream = stream.id),
                kind = 1 AND EXISTS (SELECT 1 FROM message m WHERE m.conversation = stream.conversation AND m.hidden = 1),
                doubted = 2
         FROM stream WHERE id = ?1",
    ))
    .bind(stream.to_string())
    .bind(group(stream))
    .fetch_optional(tx)
    .await?;
    row.map(|(state, epoch, vis_ver, cursor, head, covered_to, floor, left, expected, early, hidden, void)| {
        Ok(StreamRow {
            id: stream,
            state: StreamState::parse(&state).ok_or_else(|| damaged("a stream's state"))?,
            epoch: optional_id(epoch)?,
            vis_ver: number(vis_ver),
            cursor: number(cursor),
            head: number(head),
            covered_to: number(covered_to),
            floor: number(floor),
            left,
            expected: number(expected),
            early,
            hidden,
            void,
        })
    })
    .transpose()
}

/// Finds the stream or begins to follow it. `None` when its conversation is one that I have left: a late frame changes nothing.
pub(crate) async fn follow(tx: &mut SqliteConnection, stream: StreamId) -> Result<Option<StreamRow>> {
    match find(tx, stream).await? {
        Some(row) => Ok((!row.left).then_some(row)),
        None => begin(tx, stream).await,
    }
}

async fn begin(tx: &mut SqliteConnection, stream: StreamId) -> Result<Option<StreamRow>> {
    if let Some(conversation) = stream.conversation()
        && super::membership::has_left(tx, conversation).await?
    {
        return Ok(None);
    }
    match stream {
        StreamId::Conversation(conversation) => begin_conversation(tx, conversation).await?,
        StreamId::Group(id) if has_left_group(tx, id).await? => return Ok(None),
        StreamId::Group(id) => begin_group(tx, id).await?,
        StreamId::User(_) | StreamId::Members(_) | StreamId::Receipts(_) => {
            sqlx::query("INSERT INTO stream (id, kind, conversation, state) VALUES (?, ?, ?, 'new')")
                .bind(stream.to_string())
                .bind(kind(stream))
                .bind(stream.conversation().map(|id| id.as_bytes().to_vec()))
                .execute(&mut *tx)
                .await?;
        }
    }
    find(tx, stream).await
}

/// Follows a conversation that I am in, and who is in it, which heads do not name; changes nothing if it is followed already.
pub(crate) async fn begin_conversation(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("INSERT OR IGNORE INTO stream (id, kind, conversation, state) VALUES (?1, 1, ?3, 'new'), (?2, 2, ?3, 'new')")
        .bind(StreamId::Conversation(conversation).to_string())
        .bind(StreamId::Members(conversation).to_string())
        .bind(conversation.as_bytes())
        .execute(tx)
        .await?;
    Ok(())
}

/// Follows a group that I am in; changes nothing if it is followed already.
pub(crate) async fn begin_group(tx: &mut SqliteConnection, group: GroupId) -> Result<()> {
    let query = sqlx::query("INSERT OR IGNORE INTO stream (id, kind, state) VALUES (?, -1, 'new')");
    query.bind(StreamId::Group(group).to_string()).execute(tx).await?;
    Ok(())
}

async fn has_left_group(tx: &mut SqliteConnection, group: GroupId) -> Result<bool> {
    let query = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM group_membership WHERE group_id = ? AND left_at IS NOT NULL)");
    Ok(query.bind(group.as_bytes()).fetch_one(tx).await?)
}

/// What I may see of a conversation may have changed: copies of a lower version want a new one, and stay readable until it comes.
pub(crate) async fn outdate(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    let sql = concat!("UPDATE stream SET state = 'new' WHERE conversation = ?1 AND epoch IS NOT NULL AND vis_ver < ", version!("?1"));
    sqlx::query(sql).bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}

/// The same of a group's own stream.
pub(crate) async fn outdate_group(tx: &mut SqliteConnection, group: GroupId) -> Result<()> {
    let sql = "UPDATE stream SET state = 'new' WHERE id = ?1 AND epoch IS NOT NULL
        AND vis_ver < coalesce((SELECT g.vis_ver FROM group_membership g WHERE g.group_id = ?2), 0)";
    sqlx::query(sql).bind(StreamId::Group(group).to_string()).bind(group.as_bytes()).execute(tx).await?;
    Ok(())
}

/// Writes what applying rows changes. The head only rises.
pub(crate) async fn save(tx: &mut SqliteConnection, row: &StreamRow) -> Result<()> {
    sqlx::query(
        "UPDATE stream SET state = ?, epoch = ?, vis_ver = ?, cursor = ?, head = max(head, ?), covered_to = ?, floor = ? WHERE id = ?",
    )
    .bind(row.state.as_str())
    .bind(row.epoch.map(|epoch| epoch.as_bytes().to_vec()))
    .bind(int(row.vis_ver))
    .bind(int(row.cursor))
    .bind(int(row.head))
    .bind(int(row.covered_to))
    .bind(int(row.floor))
    .bind(row.id.to_string())
    .execute(tx)
    .await?;
    Ok(())
}

/// The server refused the cursor or the copy: its rows stay readable until a new copy replaces them.
pub(crate) async fn refuse(tx: &mut SqliteConnection, stream: StreamId) -> Result<()> {
    let sql = "UPDATE stream SET state = 'new', head = iif(doubted = 0, head, 0), doubted = iif(doubted = 0, 0, 2) WHERE id = ?";
    sqlx::query(sql).bind(stream.to_string()).execute(tx).await?;
    Ok(())
}

/// The server names a head below the cursor. That may be an answer which frames have outrun, or a database that was set back under its
/// old epoch: whoever asks from the cursor learns which, as a cursor above the head is refused.
pub(crate) async fn doubt(tx: &mut SqliteConnection, stream: StreamId) -> Result<()> {
    sqlx::query("UPDATE stream SET doubted = 1 WHERE id = ?").bind(stream.to_string()).execute(tx).await?;
    Ok(())
}

/// The server has taken the cursor, and its head is `head`.
pub(crate) async fn trust(tx: &mut SqliteConnection, stream: StreamId, head: Seq) -> Result<()> {
    let query = sqlx::query("UPDATE stream SET doubted = 0 WHERE id = ? AND doubted = 1 AND cursor <= ?");
    query.bind(stream.to_string()).bind(int(head)).execute(tx).await?;
    Ok(())
}

/// A new epoch: no head, count or cursor of the old one means anything now.
pub(crate) async fn refuse_all(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("UPDATE stream SET state = 'new', doubted = 0, head = 0, floor = 0, unread_count = NULL, unread_as_of = NULL")
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM ahead").execute(tx).await?;
    Ok(())
}

pub(crate) async fn count_reset(tx: &mut SqliteConnection, stream: StreamId) -> Result<()> {
    sqlx::query("UPDATE stream SET resets = resets + 1, doubted = 0 WHERE id = ?").bind(stream.to_string()).execute(tx).await?;
    Ok(())
}

/// The server's count, unless a newer one is here.
pub(crate) async fn set_unread(tx: &mut SqliteConnection, stream: StreamId, unread: Unread) -> Result<()> {
    sqlx::query("UPDATE stream SET unread_count = ?2, unread_as_of = ?3 WHERE id = ?1 AND coalesce(unread_as_of, 0) <= ?3")
        .bind(stream.to_string())
        .bind(i64::from(unread.count))
        .bind(int(unread.as_of_seq))
        .execute(tx)
        .await?;
    Ok(())
}

/// Forgets that the stream is followed.
pub(crate) async fn delete(tx: &mut SqliteConnection, stream: StreamId) -> Result<()> {
    sqlx::query("DELETE FROM ahead WHERE stream = ?").bind(stream.to_string()).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM stream WHERE id = ?").bind(stream.to_string()).execute(tx).await?;
    Ok(())
}

/// The groups whose streams are followed.
pub(crate) async fn groups(tx: &mut SqliteConnection) -> Result<Vec<StreamId>> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM stream WHERE kind = -1").fetch_all(tx).await?;
    ids.iter().map(|id| id.parse().map_err(damaged)).collect()
}

/// The conversations whose streams are followed.
pub(crate) async fn conversations(tx: &mut SqliteConnection) -> Result<Vec<ConversationId>> {
    let ids: Vec<Vec<u8>> = sqlx::query_scalar("SELECT conversation FROM stream WHERE kind = 1").fetch_all(tx).await?;
    ids.iter().map(|bytes| crate::sql::id(bytes)).collect()
}

/// Those of which any stream is.
pub(crate) async fn touched_conversations(tx: &mut SqliteConnection) -> Result<Vec<ConversationId>> {
    let ids: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT DISTINCT conversation FROM stream WHERE conversation IS NOT NULL").fetch_all(tx).await?;
    ids.iter().map(|bytes| crate::sql::id(bytes)).collect()
}
