//! Where everything stands that somebody follows: a few queries for any number of streams.

use super::{SHARD, StoreError, columns, message};
use hearth_protocol::{
    ids::{GroupId, UserId},
    stream::StreamId,
    sync::{Head, Unread},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// Of the unread messages of a conversation, those that name or answer me. Asides are read with their threads, those that I have left are
/// read, and where one is over it is read with the conversation.
macro_rules! mentions_select {
    ($conversation:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM notification n WHERE n.account = $1 AND n.kind IN ('mention', 'reply') AND n.read_at IS NULL AND n.conversation = ",
            $conversation,
            " AND n.pos > COALESCE((SELECT CASE WHEN f.following = 1 THEN f.read_pos ELSE 9223372036854775807 END ",
            "FROM thread f WHERE f.account = $1 AND f.root = n.thread_root AND f.ended_at IS NULL), r.pos, 0) ",
            "AND n.pos >= COALESCE(kept.pos, 0) ",
            "AND n.sender NOT IN (SELECT b.other FROM block b WHERE b.account = $1 AND b.ended_at IS NULL))"
        )
    };
}

/// Conversations of one's own, private channels among them. Unread: in one of my windows, after my marker, not mine, not deleted, something
/// that somebody said to the conversation whom I have not blocked. Each window is one range of the index by place.
macro_rules! heads_select {
    ($columns:literal, $joins:literal, $condition:literal) => {
        concat!(
            "SELECT m.conversation, m.vis_ver + COALESCE(g.vis_ver, 0), s.head, s.floor, ms.head, rs.head, ",
            "(SELECT CAST(COALESCE(SUM((SELECT COUNT(*) FROM message u WHERE u.conversation = w.conversation ",
            "AND u.pos >= COALESCE(kept.pos, 0) AND u.pos >= CASE WHEN w.from_pos > COALESCE(r.pos, 0) THEN w.from_pos ELSE COALESCE(r.pos, 0) + 1 END ",
            "AND u.pos < COALESCE(w.to_pos, 9223372036854775807) AND u.sender <> w.account AND u.body IS NOT NULL AND u.system = 0 AND u.aside = 0 ",
            "AND u.sender NOT IN (SELECT b.other FROM block b WHERE b.account = $1 AND b.ended_at IS NULL))), 0) AS BIGINT) ",
            "FROM member_window w WHERE w.conversation = m.conversation AND w.account = m.account), c.group_id, ",
            mentions_select!("m.conversation"),
            $columns,
            " FROM membership m ",
            "JOIN conversation c ON c.id = m.conversation ",
            "LEFT JOIN group_membership g ON g.account = m.account AND g.group_id = c.group_id AND g.left_at IS NULL ",
            "JOIN stream s ON s.kind = 'conversation' AND s.owner = m.conversation ",
            "JOIN stream ms ON ms.kind = 'members' AND ms.owner = m.conversation ",
            "LEFT JOIN stream rs ON rs.kind = 'receipts' AND rs.owner = m.conversation ",
            "LEFT JOIN retention kept ON kept.conversation = m.conversation ",
            "LEFT JOIN read_marker r ON r.account = m.account AND r.conversation = m.conversation",
            $joins,
            " WHERE m.account = $1 AND m.left_at IS NULL AND (c.group_id IS NULL OR g.account IS NOT NULL)",
            $condition,
            " ORDER BY m.conversation"
        )
    };
}

/// Public channels of one's groups: seen from the first message on.
macro_rules! channel_heads_select {
    ($columns:literal, $joins:literal, $condition:literal) => {
        concat!(
            "SELECT c.id, g.vis_ver, s.head, s.floor, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), ",
            "(SELECT COUNT(*) FROM message u WHERE u.conversation = c.id AND u.pos > COALESCE(r.pos, 0) ",
            "AND u.pos >= COALESCE(kept.pos, 0) AND u.sender <> g.account AND u.body IS NOT NULL AND u.system = 0 AND u.aside = 0 ",
            "AND u.sender NOT IN (SELECT b.other FROM block b WHERE b.account = $1 AND b.ended_at IS NULL)), c.group_id, ",
            mentions_select!("c.id"),
            $columns,
            " FROM group_membership g ",
            "JOIN conversation c ON c.group_id = g.group_id AND c.private = 0 ",
            "JOIN stream s ON s.kind = 'conversation' AND s.owner = c.id ",
            "LEFT JOIN retention kept ON kept.conversation = c.id ",
            "LEFT JOIN read_marker r ON r.account = g.account AND r.conversation = c.id",
            $joins,
            " WHERE g.account = $1 AND g.left_at IS NULL",
            $condition,
            " ORDER BY c.id"
        )
    };
}

macro_rules! group_heads_select {
    ($condition:literal) => {
        concat!(
            "SELECT g.group_id, g.vis_ver, s.head, s.floor FROM group_membership g ",
            "JOIN stream s ON s.kind = 'group' AND s.owner = g.group_id WHERE g.account = $1 AND g.left_at IS NULL",
            $condition,
            " ORDER BY g.group_id"
        )
    };
}

/// The heads of every group and conversation that somebody is in, and of their groups' public channels; of conversations each with its
/// newest visible message that somebody wrote.
pub(crate) async fn all(connection: &mut AnyConnection, user: UserId) -> Result<Vec<Head>, StoreError> {
    let mine = heads_select!(
        ", t.id, t.pos, t.sender, t.body, t.created_at, t.edited_at, t.revision, t.seq, t.reply_to, t.forwarded, t.thread_root, t.aside",
        " LEFT JOIN message t ON t.conversation = m.conversation AND t.pos = (SELECT MAX((SELECT MAX(x.pos) FROM message x \
         WHERE x.conversation = w.conversation AND x.system = 0 AND x.aside = 0 AND x.pos >= w.from_pos AND x.pos >= COALESCE(kept.pos, 0) AND x.pos < COALESCE(w.to_pos, 9223372036854775807))) \
         FROM member_window w WHERE w.conversation = m.conversation AND w.account = m.account)",
        ""
    );
    let channels = channel_heads_select!(
        ", t.id, t.pos, t.sender, t.body, t.created_at, t.edited_at, t.revision, t.seq, t.reply_to, t.forwarded, t.thread_root, t.aside",
        " LEFT JOIN message t ON t.conversation = c.id \
         AND t.pos = (SELECT MAX(x.pos) FROM message x WHERE x.conversation = c.id AND x.system = 0 AND x.aside = 0 AND x.pos >= COALESCE(kept.pos, 0))",
        ""
    );
    let groups = sqlx::query(group_heads_select!("")).bind(user.as_bytes().to_vec()).fetch_all(&mut *connection).await?;
    let mut heads: Vec<Head> = groups.iter().map(group_head).collect::<Result<_, _>>()?;
    for select in [mine, channels] {
        for row in sqlx::query(select).bind(user.as_bytes().to_vec()).fetch_all(&mut *connection).await? {
            let mut head = head(&row)?;
            if row.try_get::<Option<&[u8]>, _>(9)?.is_some() {
                head.last_message = Some(message::message_row(&row, 9)?);
            }
            heads.push(head);
        }
    }
    Ok(heads)
}

/// The heads of those of them that are in the change log after `n`.
pub(crate) async fn moved_since(connection: &mut AnyConnection, user: UserId, n: u64) -> Result<Vec<Head>, StoreError> {
    let groups =
        group_heads_select!(" AND g.group_id IN (SELECT l.owner FROM change_log l WHERE l.shard = $2 AND l.n > $3 AND l.kind = 'group')");
    let mine = heads_select!(
        "",
        "",
        " AND m.conversation IN (SELECT l.owner FROM change_log l WHERE l.shard = $2 AND l.n > $3 AND l.kind IN ('conversation', 'members', 'receipts'))"
    );
    let channels = channel_heads_select!(
        "",
        "",
        " AND c.id IN (SELECT l.owner FROM change_log l WHERE l.shard = $2 AND l.n > $3 AND l.kind = 'conversation')"
    );
    let mut heads = Vec::new();
    for (select, read) in [(groups, group_head as fn(&AnyRow) -> _), (mine, head), (channels, head)] {
        let query = sqlx::query(select).bind(user.as_bytes().to_vec()).bind(i64::from(SHARD)).bind(columns::to_big(n));
        for row in query.fetch_all(&mut *connection).await? {
            heads.push(read(&row)?);
        }
    }
    Ok(heads)
}

fn group_head(row: &AnyRow) -> Result<Head, StoreError> {
    Ok(Head {
        stream: StreamId::Group(GroupId(columns::uuid(row, 0)?)),
        head: columns::number(row, 2)?,
        floor: columns::number(row, 3)?,
        vis_ver: columns::number(row, 1)?,
        group: None,
        members_head: None,
        receipts_head: None,
        unread: None,
        last_message: None,
    })
}

fn head(row: &AnyRow) -> Result<Head, StoreError> {
    let head = columns::number(row, 2)?;
    let count = |column| row.try_get::<i64, _>(column).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Ok(Head {
        stream: StreamId::Conversation(columns::conversation(row, 0)?),
        head,
        floor: columns::number(row, 3)?,
        vis_ver: columns::number(row, 1)?,
        group: columns::group_or_none(row, 7)?,
        members_head: columns::number_or_none(row, 4)?,
        receipts_head: columns::number_or_none(row, 5)?,
        unread: Some(Unread { count: count(6)?, mentions: count(8)?, as_of_seq: head }),
        last_message: None,
    })
}
