//! Which places a window shows.

use super::ECHOES_MAX;
use crate::{
    Error, Result,
    outbox::shown,
    sql::{int, number},
    tables::{
        hidden::{self, put_away},
        known::Intervals,
        message,
    },
};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId, UserId},
};
use sqlx::SqliteConnection;

/// The part of a conversation that a window may show: places `[from, to)` without a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Pos,
    pub to: Pos,
    /// There is no interval above it.
    pub top: bool,
}

/// A place in a span, and which rows around it are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub span: Span,
    pub place: Pos,
    pub side: Side,
    /// Rows, at most.
    pub limit: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    /// Rows below the place.
    Below,
    /// Rows from the place on.
    From,
    /// So many below it, the rest from it on; where one side has too few, the other has more.
    Both { below: u32 },
}

impl Span {
    pub fn new(known: &Intervals, (from, to): (Pos, Pos)) -> Self {
        Self { from, to, top: known.top() == Some((from, to)) }
    }
}

impl Window {
    pub fn end(known: &Intervals, limit: u32) -> Option<Self> {
        let span = Span::new(known, known.top()?);
        Some(Self { span, place: span.to, side: Side::Below, limit })
    }

    pub fn before(known: &Intervals, pos: Pos, limit: u32) -> Option<Self> {
        let below = known.iter().rev().find(|(from, to)| *from <= pos && pos <= *to);
        // A place beyond what is here: the nearest rows below it, if they are the newest.
        let interval = below.or_else(|| known.top().filter(|(_, to)| *to <= pos))?;
        let span = Span::new(known, interval);
        Some(Self { span, place: pos.min(span.to), side: Side::Below, limit })
    }

    pub fn after(known: &Intervals, pos: Pos, limit: u32) -> Option<Self> {
        let next = pos.saturating_add(1);
        let interval = known.iter().find(|(from, to)| *from <= next && next <= *to)?;
        Some(Self { span: Span::new(known, interval), place: next, side: Side::From, limit })
    }

    pub async fn around(
        tx: &mut SqliteConnection,
        conversation: ConversationId,
        id: MessageId,
        known: &Intervals,
        limit: u32,
    ) -> Result<Option<Self>> {
        if let Some(pos) = message::place(tx, conversation, id).await? {
            let Some(interval) = known.interval(pos) else { return Err(Error::NoSuchMessage) };
            if hidden::is_put_away(tx, id).await? {
                return Err(Error::NoSuchMessage);
            }
            let side = Side::Both { below: (limit - 1) / 2 };
            return Ok(Some(Self { span: Span::new(known, interval), place: pos, side, limit }));
        }
        if shown::echoes(tx, conversation, ECHOES_MAX).await?.iter().any(|entry| entry.id == id) {
            return Ok(Self::end(known, limit));
        }
        Err(Error::NoSuchMessage)
    }

    /// The first unread message that is here; where older unread ones are missing, the window begins with what is known.
    pub async fn unread(
        tx: &mut SqliteConnection,
        conversation: ConversationId,
        me: Option<UserId>,
        known: &Intervals,
        (covered_to, read_pos): (Pos, Pos),
        limit: u32,
    ) -> Result<Option<Self>> {
        let Some(interval) = known.frontier(covered_to).or_else(|| known.top()) else { return Ok(None) };
        let first: Option<i64> = sqlx::query_scalar(concat!(
            "SELECT min(m.pos) FROM message m WHERE m.conversation = ? AND m.pos > ? AND m.pos >= ? AND m.hidden = 0 AND m.deleted = 0
                AND m.system = 0 AND m.aside = 0 AND m.sender <> ? AND m.sender NOT IN (SELECT user FROM block WHERE ended_at IS NULL) AND NOT ",
            put_away!()
        ))
        .bind(conversation.as_bytes())
        .bind(int(read_pos))
        .bind(int(interval.0))
        .bind(me.map(|me| me.as_bytes().to_vec()).unwrap_or_default())
        .fetch_one(tx)
        .await?;
        let Some(first) = first.map(number) else { return Ok(Self::end(known, limit)) };
        let Some(interval) = known.interval(first) else { return Ok(Self::end(known, limit)) };
        Ok(Some(Self { span: Span::new(known, interval), place: first, side: Side::Both { below: limit / 3 }, limit }))
    }
}
