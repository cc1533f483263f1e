use crate::{
    Result,
    apply::{
        Changes,
        rows::{Arrival, Kept},
    },
    sql::{id, int, number, run},
    tables::hidden::put_away,
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, MessageId, UserId},
    limits,
    rows::ThreadRow,
    stream::StreamId,
};
use sqlx::SqliteConnection;

impl Kept for ThreadRow {
    const DUMP: &'static str =
        "SELECT lower(hex(root)) || ' ' || seq || ' ' || json_array(lower(hex(conversation)), pos, read_pos, following, at)
         FROM thread WHERE ended_at IS NULL ORDER BY root";
    const WIRE: &'static str =
        "SELECT seq, json_object('id', lower(hex(root)), 'conversation', lower(hex(conversation)), 'pos', pos, 'read', read_pos,
            'following', json(iif(following, 'true', 'false')), 'at', at, 'ended_at', ended_at) FROM thread WHERE ?1 IS NOT NULL";

    async fn apply(changes: &mut Changes<'_>, _arrival: &Arrival<'_>, rows: &[(Seq, &Self)]) -> Result<()> {
        for (seq, row) in rows {
            let query = sqlx::query(
                "INSERT INTO thread (root, seq, conversation, pos, read_pos, following, at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (root) DO UPDATE SET seq = excluded.seq, conversation = excluded.conversation, pos = excluded.pos,
                     read_pos = excluded.read_pos, following = excluded.following, at = excluded.at, ended_at = excluded.ended_at
                 WHERE excluded.seq > thread.seq",
            )
            .bind(row.id.as_bytes())
            .bind(int(*seq))
            .bind(row.conversation.as_bytes())
            .bind(int(row.pos))
            .bind(int(row.read))
            .bind(row.following)
            .bind(row.at)
            .bind(row.ended_at);
            if run(changes.tx, query).await? {
                changes.touch(row.conversation);
                changes.touch_mentions(row.conversation).await?;
            }
        }
        Ok(())
    }

    async fn clear(changes: &mut Changes<'_>, _stream: StreamId, keep_after: Option<Seq>) -> Result<()> {
        let gone: Vec<Vec<u8>> = sqlx::query_scalar("DELETE FROM thread WHERE seq <= ? RETURNING conversation")
            .bind(keep_after.map_or(i64::MAX, int))
            .fetch_all(&mut *changes.tx)
            .await?;
        for bytes in gone {
            changes.touch(id(&bytes)?);
        }
        Ok(())
    }
}

/// How I stand to a thread, with what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Now {
    pub read_pos: Pos,
    pub following: bool,
}

/// `None` where I have never followed it nor left it, and where that is over.
pub(crate) async fn now(tx: &mut SqliteConnection, root: MessageId) -> Result<Option<Now>> {
    let row: Option<(i64, bool)> =
        sqlx::query_as("SELECT read_pos, following FROM thread_now WHERE root = ?").bind(root.as_bytes()).fetch_optional(tx).await?;
    Ok(row.map(|(pos, following)| Now { read_pos: number(pos), following }))
}

/// What counts as unread of the threads of `t` that I follow: rows `m` of a thread alone, that somebody else said whom I have not blocked,
/// and that I have not hidden. `?1` is the conversation, `?2` me.
macro_rules! unread_asides {
    () => {
        concat!(
            "FROM thread_now t JOIN message m ON m.thread_root = t.root AND m.pos > t.read_pos
             WHERE t.conversation = ?1 AND t.following AND m.conversation = ?1 AND m.aside = 1 AND m.hidden = 0 AND m.deleted = 0
                AND m.sender <> ?2 AND m.sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL) AND NOT ",
            put_away!()
        )
    };
}

/// In all threads of a conversation that I follow.
pub(crate) async fn unread_in(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<UserId>) -> Result<i64> {
    const SQL: &str = concat!("SELECT count(*) FROM (SELECT 1 ", unread_asides!(), " LIMIT ?3)");
    Ok(sqlx::query_scalar(SQL)
        .bind(conversation.as_bytes())
        .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
        .bind(i64::from(limits::UNREAD_SHOWN_MAX))
        .fetch_one(tx)
        .await?)
}

/// In one of them.
pub(crate) async fn unread_of(
    tx: &mut SqliteConnection,
    (conversation, root): (ConversationId, MessageId),
    me: Option<UserId>,
) -> Result<i64> {
    const SQL: &str = concat!("SELECT count(*) FROM (SELECT 1 ", unread_asides!(), " AND t.root = ?3 LIMIT ?4)");
    Ok(sqlx::query_scalar(SQL)
        .bind(conversation.as_bytes())
        .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
        .bind(root.as_bytes())
        .bind(i64::from(limits::UNREAD_SHOWN_MAX))
        .fetch_one(tx)
        .await?)
}

/// Takes out the marks of a thread that a further one makes useless; what is in flight stays.
pub(crate) async fn replace_marks(tx: &mut SqliteConnection, root: MessageId, upto: Pos) -> Result<()> {
    sqlx::query("DELETE FROM outbox WHERE message = ? AND shows = 'thread_read' AND pos <= ? AND state <> 'in_flight'")
        .bind(root.as_bytes())
        .bind(int(upto))
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes out what was decided about following a thread and has not gone out, or was refused.
pub(crate) async fn replace_following(tx: &mut SqliteConnection, root: MessageId) -> Result<()> {
    sqlx::query(
        "DELETE FROM outbox WHERE message = ? AND shows IN ('follow', 'leave') AND taking_back IS NULL
            AND (state = 'failed' OR (state = 'queued' AND tried_local IS NULL))",
    )
    .bind(root.as_bytes())
    .execute(tx)
    .await?;
    Ok(())
}
