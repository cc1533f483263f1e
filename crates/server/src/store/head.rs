//! Where all of somebody's conversations stand: one query for any number of them.

use super::{SHARD, StoreError, columns, message};
use hearth_protocol::{
    ids::UserId,
    stream::StreamId,
    sync::{Head, Unread},
};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

/// Unread: in one of my windows, after my marker, not mine, not deleted. Each window is one range of the index by place.
macro_rules! heads_select {
    ($columns:literal, $joins:literal, $condition:literal) => {
        concat!(
            "SELECT m.conversation, m.vis_ver, s.head, s.floor, ms.head, rs.head, ",
            "(SELECT CAST(COALESCE(SUM((SELECT COUNT(*) FROM message u WHERE u.conversation = w.conversation ",
            "AND u.pos >= COALESCE(kept.pos, 0) AND u.pos >= CASE WHEN w.from_pos > COALESCE(r.pos, 0) THEN w.from_pos ELSE COALESCE(r.pos, 0) + 1 END ",
            "AND u.pos < COALESCE(w.to_pos, 9223372036854775807) AND u.sender <> w.account AND u.body IS NOT NULL)), 0) AS BIGINT) ",
            "FROM member_window w WHERE w.conversation = m.conversation AND w.account = m.account)",
            $columns,
            " FROM membership m ",
            "JOIN stream s ON s.kind = 'conversation' AND s.owner = m.conversation ",
            "JOIN stream ms ON ms.kind = 'members' AND ms.owner = m.conversation ",
            "LEFT JOIN stream rs ON rs.kind = 'receipts' AND rs.owner = m.conversation ",
            "LEFT JOIN retention kept ON kept.conversation = m.conversation ",
            "LEFT JOIN read_marker r ON r.account = m.account AND r.conversation = m.conversation",
            $joins,
            " WHERE m.account = $1 AND m.left_at IS NULL",
            $condition,
            " ORDER BY m.conversation"
        )
    };
}

/// The heads of every conversation that somebody is in, each with its newest visible message.
pub(crate) async fn all(connection: &mut AnyConnection, user: UserId) -> Result<Vec<Head>, StoreError> {
    let rows = sqlx::query(heads_select!(
        ", t.id, t.pos, t.sender, t.body, t.created_at, t.edited_at, t.revision, t.seq",
        " LEFT JOIN message t ON t.conversation = m.conversation AND t.pos = (SELECT MAX((SELECT MAX(x.pos) FROM message x \
         WHERE x.conversation = w.conversation AND x.pos >= w.from_pos AND x.pos >= COALESCE(kept.pos, 0) AND x.pos < COALESCE(w.to_pos, 9223372036854775807))) \
         FROM member_window w WHERE w.conversation = m.conversation AND w.account = m.account)",
        ""
    ))
    .bind(user.as_bytes().to_vec())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let mut head = head(row)?;
            if row.try_get::<Option<&[u8]>, _>(7)?.is_some() {
                head.last_message = Some(message::message_row(row, 7)?);
            }
            Ok(head)
        })
        .collect()
}

/// The heads of those of somebody's conversations that are in the change log after `n`.
pub(crate) async fn moved_since(connection: &mut AnyConnection, user: UserId, n: u64) -> Result<Vec<Head>, StoreError> {
    let rows = sqlx::query(heads_select!(
        "",
        "",
        " AND m.conversation IN (SELECT l.owner FROM change_log l WHERE l.shard = $2 AND l.n > $3 AND l.kind IN ('conversation', 'members', 'receipts'))"
    ))
    .bind(user.as_bytes().to_vec())
    .bind(i64::from(SHARD))
    .bind(columns::to_big(n))
    .fetch_all(connection)
    .await?;
    rows.iter().map(head).collect()
}

fn head(row: &AnyRow) -> Result<Head, StoreError> {
    let head = columns::number(row, 2)?;
    let count = row.try_get::<i64, _>(6)?;
    Ok(Head {
        stream: StreamId::Conversation(columns::conversation(row, 0)?),
        head,
        floor: columns::number(row, 3)?,
        vis_ver: columns::number(row, 1)?,
        members_head: Some(columns::number(row, 4)?),
        receipts_head: columns::number_or_none(row, 5)?,
        unread: Some(Unread { count: u32::try_from(count).unwrap_or(u32::MAX), mentions: 0, as_of_seq: head }),
        last_message: None,
    })
}
