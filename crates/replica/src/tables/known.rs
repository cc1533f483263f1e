//! Known intervals: places of a conversation of which every message is here.

use crate::{
    Result,
    sql::{int, number},
};
use hearth_protocol::{Pos, ids::ConversationId};
use sqlx::SqliteConnection;

/// Intervals `[from, to)` that neither overlap nor touch, lowest first. An empty one says from where on the copy begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known(Vec<(Pos, Pos)>);

impl Known {
    /// Adds `[from, to)` and joins it with what it overlaps or touches.
    pub fn add(&mut self, from: Pos, to: Pos) {
        let (mut low, mut high) = (from, to.max(from));
        self.0.retain(|(known_from, known_to)| {
            let apart = *known_to < low || high < *known_from;
            if !apart {
                (low, high) = (low.min(*known_from), high.max(*known_to));
            }
            apart
        });
        let at = self.0.partition_point(|(known_from, _)| *known_from < low);
        self.0.insert(at, (low, high));
    }

    /// Forgets what is known below a place.
    pub fn cut(&mut self, from: Pos) {
        self.0.retain(|(_, to)| *to > from);
        self.0.iter_mut().for_each(|(known_from, _)| *known_from = from.max(*known_from));
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn intervals(&self) -> impl DoubleEndedIterator<Item = (Pos, Pos)> {
        self.0.iter().copied()
    }

    pub fn has(&self, pos: Pos) -> bool {
        self.interval(pos).is_some()
    }

    /// The interval with this place.
    pub fn interval(&self, pos: Pos) -> Option<(Pos, Pos)> {
        self.intervals().find(|(from, to)| *from <= pos && pos < *to)
    }

    /// The highest one.
    pub fn top(&self) -> Option<(Pos, Pos)> {
        self.0.last().copied()
    }

    /// The one that reaches up to `covered_to`, where the contiguous part of the copy ends.
    pub fn frontier(&self, covered_to: Pos) -> Option<(Pos, Pos)> {
        self.intervals().find(|(from, to)| *from <= covered_to && covered_to <= *to)
    }
}

pub(crate) async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Known> {
    let rows: Vec<(i64, i64)> = sqlx::query_as("SELECT from_pos, to_pos FROM known WHERE conversation = ? ORDER BY from_pos")
        .bind(conversation.as_bytes())
        .fetch_all(tx)
        .await?;
    Ok(Known(rows.into_iter().map(|(from, to)| (number(from), number(to))).collect()))
}

/// Writes what changed since `before` was read.
pub(crate) async fn save(tx: &mut SqliteConnection, conversation: ConversationId, before: &Known, now: &Known) -> Result<()> {
    for (from, _) in before.intervals().filter(|(from, _)| now.intervals().all(|(other, _)| other != *from)) {
        sqlx::query("DELETE FROM known WHERE conversation = ? AND from_pos = ?")
            .bind(conversation.as_bytes())
            .bind(int(from))
            .execute(&mut *tx)
            .await?;
    }
    for (from, to) in now.intervals().filter(|interval| before.intervals().all(|other| other != *interval)) {
        sqlx::query(
            "INSERT INTO known (conversation, from_pos, to_pos) VALUES (?, ?, ?)
             ON CONFLICT (conversation, from_pos) DO UPDATE SET to_pos = excluded.to_pos",
        )
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(to))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

pub(crate) async fn delete(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM known WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(intervals: &[(Pos, Pos)]) -> Known {
        let mut known = Known::default();
        for (from, to) in intervals {
            known.add(*from, *to);
        }
        known
    }

    #[test]
    fn intervals_join_where_they_overlap_or_touch() {
        assert_eq!(known(&[(1, 1)]).0, [(1, 1)]);
        assert_eq!(known(&[(1, 1), (1, 4)]).0, [(1, 4)]);
        assert_eq!(known(&[(10, 20), (30, 40), (1, 5)]).0, [(1, 5), (10, 20), (30, 40)]);
        assert_eq!(known(&[(10, 20), (30, 40), (20, 30)]).0, [(10, 40)]);
        assert_eq!(known(&[(10, 20), (12, 15)]).0, [(10, 20)]);
        assert_eq!(known(&[(10, 20), (30, 40), (50, 60), (15, 55)]).0, [(10, 60)]);
        assert_eq!(known(&[(9, 5)]).0, [(9, 9)]);
    }

    #[test]
    fn every_order_gives_the_same() {
        let pieces = [(1, 3), (3, 5), (8, 9), (5, 8), (12, 14)];
        for start in 0..pieces.len() {
            let turned: Vec<_> = pieces.iter().cycle().skip(start).take(pieces.len()).copied().collect();
            assert_eq!(known(&turned).0, [(1, 9), (12, 14)]);
        }
        let mut cut = known(&pieces);
        cut.cut(7);
        assert_eq!(cut.0, [(7, 9), (12, 14)]);
        cut.cut(9);
        assert_eq!(cut.0, [(12, 14)]);
        assert_eq!(known(&pieces).frontier(9), Some((1, 9)));
        assert_eq!(known(&pieces).frontier(10), None);
        assert_eq!(known(&pieces).interval(9), None);
    }
}
