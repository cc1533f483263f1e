//! Known intervals: places of a conversation of which every message is here.

use crate::{
    Result,
    sql::{id, id_list, int, number},
};
use hearth_protocol::{Pos, ids::ConversationId};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::collections::BTreeMap;

/// Intervals `[from, to)` that neither overlap nor touch, lowest first. An empty one says from where on the copy begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Intervals(Vec<(Pos, Pos)>);

/// What is here of a conversation's places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// As this copy has them.
    pub sure: Intervals,
    /// As an older copy had them: readable, and to be fetched anew. Never a place that is sure.
    pub stale: Intervals,
}

impl Intervals {
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

    /// Takes the places `[from, to)` out.
    fn remove(&mut self, from: Pos, to: Pos) {
        if from >= to {
            return;
        }
        let rest = |(low, high): (Pos, Pos)| [(low, high.min(from)), (low.max(to), high)].into_iter().filter(|(low, high)| low < high);
        self.0 = std::mem::take(&mut self.0).into_iter().flat_map(rest).collect();
    }

    /// Forgets what is known below a place.
    fn cut(&mut self, from: Pos) {
        self.0.retain(|(_, to)| *to > from);
        self.0.iter_mut().for_each(|(known_from, _)| *known_from = from.max(*known_from));
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Pos, Pos)> {
        self.0.iter().copied()
    }

    /// The interval with this place.
    pub fn interval(&self, pos: Pos) -> Option<(Pos, Pos)> {
        self.iter().find(|(from, to)| *from <= pos && pos < *to)
    }

    /// The highest one.
    pub fn top(&self) -> Option<(Pos, Pos)> {
        self.0.last().copied()
    }

    /// The one that reaches up to `covered_to`, where the contiguous part of the copy ends.
    pub fn frontier(&self, covered_to: Pos) -> Option<(Pos, Pos)> {
        self.iter().find(|(from, to)| *from <= covered_to && covered_to <= *to)
    }
}

impl Known {
    /// Every message of `[from, to)` is here, as this copy has it.
    pub fn add(&mut self, from: Pos, to: Pos) {
        self.sure.add(from, to);
        self.stale.remove(from, to);
    }

    /// Forgets what is known below a place.
    pub fn cut(&mut self, from: Pos) {
        self.sure.cut(from);
        self.stale.cut(from);
    }

    /// Another copy begins: what is known below a place is of the old one, and nothing is known from there on.
    pub fn age(&mut self, below: Pos) {
        let known = self.readable().0.into_iter();
        self.stale = Intervals(known.map(|(from, to)| (from, to.min(below))).filter(|(from, to)| from < to).collect());
        self.sure = Intervals::default();
    }

    pub fn has(&self, pos: Pos) -> bool {
        self.sure.interval(pos).or_else(|| self.stale.interval(pos)).is_some()
    }

    /// One more interval as it was written, above those before it.
    fn take(&mut self, (stale, from, to): (bool, i64, i64)) {
        let intervals = if stale { &mut self.stale } else { &mut self.sure };
        intervals.0.push((number(from), number(to)));
    }

    /// Where one reads without a hole, whichever copy it is of.
    pub fn readable(&self) -> Intervals {
        let mut all = self.sure.clone();
        self.stale.iter().for_each(|(from, to)| all.add(from, to));
        all
    }
}

pub(crate) async fn of(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<Known> {
    let rows: Vec<(bool, i64, i64)> = sqlx::query_as(
        "SELECT 0, from_pos, to_pos FROM known WHERE conversation = ?1
         UNION ALL SELECT 1, from_pos, to_pos FROM stale WHERE conversation = ?1 ORDER BY from_pos",
    )
    .bind(conversation.as_bytes())
    .fetch_all(tx)
    .await?;
    let mut known = Known::default();
    rows.into_iter().for_each(|row| known.take(row));
    Ok(known)
}

/// The same of several at once; without those of which nothing is known.
pub(crate) async fn of_all(tx: &mut SqliteConnection, conversations: &[ConversationId]) -> Result<BTreeMap<ConversationId, Known>> {
    let rows: Vec<(Vec<u8>, bool, i64, i64)> = sqlx::query_as(
        "SELECT conversation, 0, from_pos, to_pos FROM known WHERE conversation IN (SELECT unhex(value) FROM json_each(?1))
         UNION ALL
         SELECT conversation, 1, from_pos, to_pos FROM stale WHERE conversation IN (SELECT unhex(value) FROM json_each(?1))
         ORDER BY from_pos",
    )
    .bind(id_list(conversations.iter().map(|conversation| conversation.as_bytes()))?)
    .fetch_all(tx)
    .await?;
    let mut all: BTreeMap<ConversationId, Known> = BTreeMap::new();
    for (conversation, stale, from, to) in rows {
        all.entry(id(&conversation)?).or_default().take((stale, from, to));
    }
    Ok(all)
}

/// Writes what changed since `before` was read.
pub(crate) async fn save(tx: &mut SqliteConnection, conversation: ConversationId, before: &Known, now: &Known) -> Result<()> {
    save_in(tx, "known", conversation, &before.sure, &now.sure).await?;
    save_in(tx, "stale", conversation, &before.stale, &now.stale).await
}

async fn save_in(
    tx: &mut SqliteConnection,
    table: &'static str,
    conversation: ConversationId,
    before: &Intervals,
    now: &Intervals,
) -> Result<()> {
    for (from, _) in before.iter().filter(|(from, _)| now.iter().all(|(other, _)| other != *from)) {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE conversation = ? AND from_pos = ?")))
            .bind(conversation.as_bytes())
            .bind(int(from))
            .execute(&mut *tx)
            .await?;
    }
    for (from, to) in now.iter().filter(|interval| before.iter().all(|other| other != *interval)) {
        sqlx::query(AssertSqlSafe(format!(
            "INSERT INTO {table} (conversation, from_pos, to_pos) VALUES (?, ?, ?)
             ON CONFLICT (conversation, from_pos) DO UPDATE SET to_pos = excluded.to_pos"
        )))
        .bind(conversation.as_bytes())
        .bind(int(from))
        .bind(int(to))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

pub(crate) async fn delete(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<()> {
    sqlx::query("DELETE FROM known WHERE conversation = ?").bind(conversation.as_bytes()).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM stale WHERE conversation = ?").bind(conversation.as_bytes()).execute(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(intervals: &[(Pos, Pos)]) -> Intervals {
        let mut known = Intervals::default();
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

    #[test]
    fn another_copy_leaves_what_was_known_readable() {
        let mut known = Known { sure: known(&[(1, 4), (6, 12)]), ..Known::default() };
        known.age(9);
        assert_eq!((&known.sure.0, known.stale.0.as_slice()), (&vec![], [(1, 4), (6, 9)].as_slice()));
        known.add(9, 15);
        assert_eq!(known.readable().0, [(1, 4), (6, 15)]);
        known.add(5, 8);
        assert_eq!((known.sure.0.as_slice(), known.stale.0.as_slice()), ([(5, 8), (9, 15)].as_slice(), [(1, 4), (8, 9)].as_slice()));
        assert!(known.has(8) && known.has(3) && !known.has(4));
        known.age(10);
        assert_eq!((known.sure.0.as_slice(), known.stale.0.as_slice()), ([].as_slice(), [(1, 4), (5, 10)].as_slice()));
        known.add(1, 20);
        assert_eq!(known.stale, Intervals::default());
    }
}
