//! The timeline: a window of a conversation's messages by place, gap-aware, with the outbox projected at its end.

use crate::{
    Error, OutboxEntry, Replica, Result,
    outbox::table,
    sql::{int, number, small},
    tables::{account, known, known::Known, message, person, stream},
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId, UserId},
    rows::{MessageRow, Person},
    stream::StreamId,
};
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Messages of one window.
const PAGE_MAX: u32 = 500;
/// Outbox messages shown after the last row.
const ECHOES_MAX: u32 = 500;

/// Where a window is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The first unread message with some context before it; the end when all is read.
    Unread,
    End,
    /// Around this message.
    Message(MessageId),
    /// The messages before this place.
    Before(Pos),
    /// The messages after this place.
    After(Pos),
}

/// What lies beyond a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Nothing: the conversation begins or ends here.
    End,
    /// More, here.
    More,
    /// A known hole: what is there has not been fetched.
    Gap,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Row(MessageRow),
    /// Only in the outbox: a local echo, projected and never stored among the rows.
    Outbox(OutboxEntry),
}

#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMessage {
    pub item: Item,
    /// `None` while nothing told their name; me for the outbox.
    pub sender: Option<Person>,
    pub mine: bool,
}

/// A window, oldest first. It never crosses a hidden gap.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRows {
    /// Rows by place, then, where the window reaches the newest row that is here, the outbox's messages.
    pub messages: Vec<TimelineMessage>,
    pub before: Edge,
    /// A gap here lies between the last row and the outbox's messages.
    pub after: Edge,
    pub read_pos: Pos,
    pub unread: u32,
}

/// The part of a conversation that a window may show: places `[from, to)` without a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: Pos,
    to: Pos,
    top: bool,
}

/// How many rows to show before a place and from it on.
#[derive(Clone, Copy, Debug)]
struct Window {
    span: Span,
    place: Pos,
    before: u32,
    from: u32,
}

impl Replica {
    /// Reads a window of at most `limit` rows. [`Error::NoSuchMessage`] when the message to show is neither visible here nor in the outbox.
    pub async fn timeline(&self, conversation: ConversationId, at: At, limit: u32) -> Result<TimelineRows> {
        let limit = limit.clamp(1, PAGE_MAX);
        let mut tx = self.read().await?;
        let (read_pos, unread) = marker(&mut tx, conversation).await?;
        let me = account::me(&mut tx).await?;
        let my_id = me.as_ref().map(|me| me.user);
        let stream = stream::find(&mut tx, StreamId::Conversation(conversation)).await?;
        let known = known::of(&mut tx, conversation).await?;
        let covered_to = stream.as_ref().map_or(1, |stream| stream.covered_to);
        let window = match at {
            At::End => end(&known, limit),
            At::Unread => unread_window(&mut tx, conversation, my_id, &known, covered_to, read_pos, limit).await?,
            At::Message(id) => around(&mut tx, conversation, id, &known, limit).await?,
            At::Before(pos) => before(&known, pos, limit),
            At::After(pos) => after(&known, pos, limit),
        };
        let Some(window) = window else {
            let begun = stream.is_some();
            return nothing(&mut tx, conversation, at, begun, me.as_ref().map(person::of_account), read_pos, unread).await;
        };
        let mut messages = rows(&mut tx, conversation, window, my_id).await?;
        let (before, mut after) = edges(&mut tx, conversation, window, &messages).await?;
        if after != Edge::More && window.span.top {
            after = if hidden_above(&mut tx, conversation, window.span.to).await? { Edge::Gap } else { Edge::End };
            messages.extend(echoes(&mut tx, conversation, me.as_ref().map(person::of_account)).await?);
        }
        Ok(TimelineRows { messages, before, after, read_pos, unread })
    }
}

impl Span {
    fn new(known: &Known, (from, to): (Pos, Pos)) -> Self {
        Self { from, to, top: known.top() == Some((from, to)) }
    }
}

fn end(known: &Known, limit: u32) -> Option<Window> {
    let span = Span::new(known, known.top()?);
    Some(Window { span, place: span.to, before: limit, from: 0 })
}

fn before(known: &Known, pos: Pos, limit: u32) -> Option<Window> {
    let below = known.0.iter().copied().rev().find(|(from, to)| *from <= pos && pos <= *to);
    // A place beyond what is here: the nearest rows below it, if they are the newest.
    let interval = below.or_else(|| known.top().filter(|(_, to)| *to <= pos))?;
    let span = Span::new(known, interval);
    Some(Window { span, place: pos.min(span.to), before: limit, from: 0 })
}

fn after(known: &Known, pos: Pos, limit: u32) -> Option<Window> {
    let next = pos.saturating_add(1);
    let interval = known.0.iter().copied().find(|(from, to)| *from <= next && next <= *to)?;
    Some(Window { span: Span::new(known, interval), place: next, before: 0, from: limit })
}

async fn around(tx: &mut SqliteConnection, conversation: ConversationId, id: MessageId, known: &Known, limit: u32) -> Result<Option<Window>> {
    if let Some(pos) = message::place(tx, conversation, id).await? {
        let Some(interval) = known.interval(pos) else { return Err(Error::NoSuchMessage) };
        let before = (limit - 1) / 2;
        return Ok(Some(Window { span: Span::new(known, interval), place: pos, before, from: limit - before }));
    }
    if table::echoes(tx, conversation, ECHOES_MAX).await?.iter().any(|entry| entry.id == id) {
        return Ok(end(known, limit));
    }
    Err(Error::NoSuchMessage)
}

/// The first unread message that is here; where older unread ones are missing, the window begins with what is known.
async fn unread_window(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    me: Option<UserId>,
    known: &Known,
    covered_to: Pos,
    read_pos: Pos,
    limit: u32,
) -> Result<Option<Window>> {
    let Some(interval) = known.frontier(covered_to).or_else(|| known.top()) else { return Ok(None) };
    let first: Option<i64> = sqlx::query_scalar(
        "SELECT min(pos) FROM message WHERE conversation = ? AND pos > ? AND pos >= ? AND hidden = 0 AND deleted = 0 AND sender <> ?",
    )
    .bind(conversation.as_bytes())
    .bind(int(read_pos))
    .bind(int(interval.0))
    .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
    .fetch_one(tx)
    .await?;
    let Some(first) = first.map(number) else { return Ok(end(known, limit)) };
    let Some(interval) = known.interval(first) else { return Ok(end(known, limit)) };
    let context = limit / 3;
    Ok(Some(Window { span: Span::new(known, interval), place: first, before: context, from: limit - context }))
}

/// The rows of a window. Where one side has too few, the other side's share grows.
async fn rows(tx: &mut SqliteConnection, conversation: ConversationId, window: Window, me: Option<UserId>) -> Result<Vec<TimelineMessage>> {
    let limit = window.before + window.from;
    let mut later = if window.from == 0 { vec![] } else { later(tx, conversation, window.span, window.place, limit, me).await? };
    let mut earlier = if window.before == 0 { vec![] } else { earlier(tx, conversation, window.span, window.place, limit, me).await? };
    let have = |rows: &[TimelineMessage]| u32::try_from(rows.len()).unwrap_or(limit);
    let keep_earlier = have(&earlier).min(limit - have(&later).min(window.from));
    let keep_later = have(&later).min(limit - keep_earlier);
    earlier.truncate(usize::try_from(keep_earlier).unwrap_or(0));
    later.truncate(usize::try_from(keep_later).unwrap_or(0));
    earlier.reverse();
    earlier.append(&mut later);
    Ok(earlier)
}

async fn earlier(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    span: Span,
    place: Pos,
    limit: u32,
    me: Option<UserId>,
) -> Result<Vec<TimelineMessage>> {
    select(tx, conversation, "m.pos < ? AND m.pos >= ? ORDER BY m.pos DESC", (place, span.from), limit, me).await
}

async fn later(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    span: Span,
    place: Pos,
    limit: u32,
    me: Option<UserId>,
) -> Result<Vec<TimelineMessage>> {
    select(tx, conversation, "m.pos >= ? AND m.pos < ? ORDER BY m.pos", (place, span.to), limit, me).await
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
         WHERE m.conversation = ? AND m.hidden = 0 AND {range} LIMIT ?",
        message::COLUMNS
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(conversation.as_bytes())
        .bind(int(first))
        .bind(int(last))
        .bind(i64::from(limit))
        .fetch_all(tx)
        .await?;
    rows.iter()
        .map(|row| {
            let message = message::read(row)?;
            let mine = me == Some(message.sender);
            Ok(TimelineMessage { item: Item::Row(message), sender: person::read(row)?, mine })
        })
        .collect()
}

/// What lies before the first row and after the last one, inside the span and beyond it.
async fn edges(tx: &mut SqliteConnection, conversation: ConversationId, window: Window, messages: &[TimelineMessage]) -> Result<(Edge, Edge)> {
    let place = |message: Option<&TimelineMessage>| match message.map(|message| &message.item) {
        Some(Item::Row(row)) => Some(row.pos),
        _ => None,
    };
    let first = place(messages.first()).unwrap_or(window.place);
    let next = place(messages.last()).map_or(window.place, |last| last.saturating_add(1));
    let before = if exists(tx, conversation, window.span.from, first).await? {
        Edge::More
    } else if window.span.from <= 1 {
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

/// Whether there is a visible message in `[from, to)`.
async fn exists(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE conversation = ? AND pos >= ? AND pos < ? AND hidden = 0)";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(from)).bind(int(to)).fetch_one(tx).await?)
}

/// Whether a message is known to exist above what is here: the list's last message, while its stream is being fetched.
async fn hidden_above(tx: &mut SqliteConnection, conversation: ConversationId, to: Pos) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE conversation = ? AND pos >= ? AND hidden = 1)";
    Ok(sqlx::query_scalar(sql).bind(conversation.as_bytes()).bind(int(to)).fetch_one(tx).await?)
}

async fn echoes(tx: &mut SqliteConnection, conversation: ConversationId, me: Option<Person>) -> Result<Vec<TimelineMessage>> {
    let entries = table::echoes(tx, conversation, ECHOES_MAX).await?;
    Ok(entries.into_iter().map(|entry| TimelineMessage { item: Item::Outbox(entry), sender: me.clone(), mine: true }).collect())
}

/// A window on a place where no row is here: the outbox's messages alone, or nothing.
async fn nothing(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    at: At,
    begun: bool,
    me: Option<Person>,
    read_pos: Pos,
    unread: u32,
) -> Result<TimelineRows> {
    let beyond = if begun { Edge::Gap } else { Edge::End };
    let messages = if matches!(at, At::Before(_) | At::After(_)) { vec![] } else { echoes(tx, conversation, me).await? };
    let after = if hidden_above(tx, conversation, 0).await? { Edge::Gap } else { Edge::End };
    Ok(TimelineRows { messages, before: beyond, after, read_pos, unread })
}

async fn marker(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<(Pos, u32)> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT read_pos, unread FROM line WHERE conversation = ?").bind(conversation.as_bytes()).fetch_optional(tx).await?;
    Ok(row.map_or((0, 0), |(pos, unread)| (number(pos), small(unread))))
}
