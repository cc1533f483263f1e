//! Known intervals: places of a conversation of which every message is here.

use crate::{
    Result,
    sql::{int, number},
};
use hearth_protocol::{Pos, ids::ConversationId};
use sqlx::SqliteConnection;

/// Disjoint intervals that do not touch, lowest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known(pub Vec<(Pos, Pos)>);

impl Known {
    pub fn has(&self, pos: Pos) -> bool {
        self.interval(pos).is_some()
    }

    /// The interval `[from, to)` with this place.
    pub fn interval(&self, pos: Pos) -> Option<(Pos, Pos)> {
        self.0.iter().copied().find(|(from, to)| *from <= pos && pos < *to)
    }

    /// The highest one.
    pub fn top(&self) -> Option<(Pos, Pos)> {
        self.0.last().copied()
    }

    /// The one that reaches up to `covered_to`, where the contiguous part of the copy ends.
    pub fn frontier(&self, covered_to: Pos) -> Option<(Pos, Pos)> {
        self.0.iter().copied().find(|(from, to)| *from <= covered_to && covered_to <= *to)
    }
}

pub(crate) async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Known> {
    let rows: Vec<(i64, i64)> = sqlx::query_as("SELECT from_pos, to_pos FROM known WHERE conversation = ? ORDER BY from_pos")
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    Ok(Known(rows.into_iter().map(|(from, to)| (number(from), number(to))).collect()))
}

/// Adds `[from, to)` and joins it with what it overlaps or touches. An empty one says from where on the copy begins.
pub(crate) async fn add(tx: &mut SqliteConnection, conversation: ConversationId, from: Pos, to: Pos) -> Result<()> {
    let (from, to) = (int(from), int(to.max(from)));
    let touched: Vec<(i64, i64)> =
        sqlx::query_as("SELECT from_pos, to_pos FROM known WHERE conversation = ? AND from_pos <= ? AND to_pos >= ?")
            .bind(conversation.as_bytes())
            .bind(to)
            .bind(from)
            .fetch_all(&mut *tx)
            .await?;
    if touched.iter().any(|(known_from, known_to)| *known_from <= from && to <= *known_to) {
        return Ok(());
    }
    let low = touched.iter().map(|(known_from, _)| *known_from).fold(from, i64::min);
    let high = touched.iter().map(|(_, known_to)| *known_to).fold(to, i64::max);
    sqlx::query("DELETE FROM known WHERE conversation = ? AND from_pos BETWEEN ? AND ?")
        .bind(conversation.as_bytes())
        .bind(low)
        .bind(high)
        .execute(&mut *tx)
        .await?;
    sqlx::query("INSERT INTO known (conversation, from_pos, to_pos) VALUES (?, ?, ?)")
        .bind(conversation.as_bytes())
        .bind(low)
        .bind(high)
        .execute(tx)
        .await?;
    Ok(())
}

pub(crate) async fn clear(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM known WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}
