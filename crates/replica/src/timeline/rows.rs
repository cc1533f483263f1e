//! The rows of a window, and what lies beyond them.

use super::{
    Edge, Item, TimelineMessage,
    window::{Side, Window},
};
use crate::{
    Result,
    receipts::Delivery,
    sql::int,
    tables::{hidden::put_away, message, person},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, UserId},
};
use sqlx::{AssertSqlSafe, SqliteConnection, sqlite::SqliteRow};

/// Oldest first.
pub(super) async fn read(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    window: Window,
    me: Option<UserId>,
) -> Result<Vec<TimelineMessage>> {
    let Window { span, place, side, limit } = window;
    let below = "m.pos < ? AND m.pos >= ? ORDER BY m.pos DESC";
    let from = "m.pos >= ? AND m.pos < ? ORDER BY m.pos";
    match side {
        Side::From => select(tx, conversation, from, (place, span.to), limit, me).await,
        Side::Below => {
            let mut rows = select(tx, conversation, below, (place, span.from), limit, me).await?;
            rows.reverse();
            Ok(rows)
        }
        Side::Both { below: share } => {
            let mut later = select(tx, conversation, from, (place, span.to), limit, me).await?;
            let mut rows = select(tx, conversation, below, (place, span.from), limit, me).await?;
            let (share, limit) = (usize::try_from(share).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
            rows.truncate(share.max(limit.saturating_sub(later.len())));
            later.truncate(limit.saturating_sub(rows.len()));
            rows.reverse();
            rows.append(&mut later);
            Ok(rows)
        }
    }
}

async fn select(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    range: &'static str,
    (first, last): (Pos, Pos),
    limit: u32,
    me: Option<UserId>,
) -> Result<Vec<TimelineMessage>> {
    let sql = format!(
        "SELECT {}, p.user AS person, p.username, p.first_name, p.last_name
         FROM message m LEFT JOIN person p ON p.user = m.sender
         WHERE m.conversation = ? AND m.hidden = 0 AND m.aside = 0 AND NOT {} AND {range} LIMIT ?",
        message::COLUMNS,
        put_away!()
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(conversation.as_bytes())
        .bind(int(first))
        .bind(int(last))
        .bind(i64::from(limit))
        .fetch_all(tx)
        .await?;
    rows.iter().map(|row| plain(row, me)).collect()
}

/// A message with who wrote it, and nothing around it yet.
pub(super) fn plain(row: &SqliteRow, me: Option<UserId>) -> Result<TimelineMessage> {
    let message = message::read(row)?;
    let mine = me == Some(message.sender);
    Ok(TimelineMessage {
        item: Item::Row(message),
        sender: person::read(row)?,
        named: vec![],
        channels: vec![],
        quote: None,
        mine,
        blocked: false,
        change: None,
        starred: false,
        pinned: false,
        delivery: Delivery::Sent,
        reactions: vec![],
        thread: None,
    })
}

/// What lies before the first row and after the last one, inside the span and beyond it. `begins`: the first place that there is.
pub(super) async fn edges(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    window: Window,
    messages: &[TimelineMessage],
    begins: Pos,
) -> Result<(Edge, Edge)> {
    let place = |message: Option<&TimelineMessage>| match message.map(|message| &message.item) {
        Some(Item::Row(row)) => Some(row.pos),
        _ => None,
    };
    let first = place(messages.first()).unwrap_or(window.place);
    let next = place(messages.last()).map_or(window.place, |last| last.saturating_add(1));
    let before = if exists(tx, conversation, window.span.from, first).await? {
        Edge::More
    } else if window.span.from <= begins {
        Edge::End
    } else {
        Edge::Gap
    };
    let after = if exists(tx, conversation, next, window.span.to).await? {
        Edge::More
    } else if window.span.top {
        Edge::End
    } else {
        Edge::Gap
    };
    Ok((before, after))
}

/// Whether there is a message of the conversation in `[from, to)` that is visible and not put away.
async fn exists(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<bool> {
    let sql = concat!(
        "SELECT EXISTS (SELECT 1 FROM message m WHERE m.conversation = ? AND m.pos >= ? AND m.pos < ? AND m.hidden = 0 AND m.aside = 0 AND NOT ",
        put_away!(),
        ")"
    );
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(from)).bind(int(to)).fetch_one(tx).await?)
}

/// Whether a message is known to exist above what is here: the list's last message, while its stream is being fetched.
pub(super) async fn hidden_above(tx: &mut SqliteConnection, conversation: ConversationId, to: Pos) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE conversation = ? AND pos >= ? AND hidden = 1)";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(to)).fetch_one(tx).await?)
}
