//! Where in a conversation a moment is.

use super::{StoreError, message::bounds};
use crate::sight::Sight;
use hearth_protocol::{Millis, Pos, stream::StreamId};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

/// A message that is not deleted: its place, as the column has it, and when it was sent.
type Said = (i64, Millis);

/// The place of the first visible message of a moment or later that is not deleted; `asides`: also of what stands in a thread alone.
///
/// Places rise with the time, so that it is found by halving: as many looks along the index of places as the highest of them has bits.
/// What is none of that is passed over at most twice altogether, as no look goes where an earlier one has been. Where the server's clock was
/// set back, it is one of the places at which the moment passes.
pub(crate) async fn place(connection: &mut AnyConnection, sight: &Sight, at: Millis, asides: bool) -> Result<Option<Pos>, StoreError> {
    for (from, to) in bounds(sight, None) {
        let newest = said(connection, (sight.stream, asides), (from, to), "DESC").await?;
        let Some((found, _)) = newest.filter(|(_, sent)| *sent >= at) else { continue };
        let mut halving = Halving { at, low: from, high: found, found };
        while let Some(places) = halving.places() {
            let first = said(connection, (sight.stream, asides), places, "ASC").await?;
            halving.met(places, first);
        }
        return Ok(Some(Pos::try_from(halving.found).map_err(|_| StoreError::Unreadable("pos"))?));
    }
    Ok(None)
}

/// How far it is. What is below `low` is earlier; from `high` on nothing is before what was found.
struct Halving {
    at: Millis,
    low: i64,
    high: i64,
    found: i64,
}

impl Halving {
    /// Where to look for the first message next, as long as there is anything between.
    fn places(&self) -> Option<(i64, i64)> {
        (self.low < self.high).then(|| (self.low + (self.high - self.low) / 2, self.high))
    }

    fn met(&mut self, (middle, _): (i64, i64), first: Option<Said>) {
        match first {
            Some((pos, sent)) if sent < self.at => self.low = pos + 1,
            Some((pos, _)) => (self.found, self.high) = (pos, middle),
            None => self.high = middle,
        }
    }
}

/// The first or the last message in `[from, to)` that is not deleted.
async fn said(
    connection: &mut AnyConnection,
    (stream, asides): (StreamId, bool),
    (from, to): (i64, i64),
    order: &'static str,
) -> Result<Option<Said>, StoreError> {
    let shown = if asides { "" } else { "AND aside = 0" };
    let sql = format!(
        "SELECT pos, created_at FROM message WHERE conversation = $1 AND pos >= $2 AND pos < $3 AND body IS NOT NULL {shown} \
         ORDER BY pos {order} LIMIT 1"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(stream.owner().as_bytes().to_vec()).bind(from).bind(to);
    let row = query.fetch_optional(connection).await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Which place is found, and how many were passed on the way.
    fn halved(times: &[Option<Millis>], at: Millis) -> (i64, usize) {
        let (found, _) = (1_i64..).zip(times).filter(|(_, sent)| sent.is_some()).last().unwrap();
        let (mut halving, mut passed) = (Halving { at, low: 1, high: found, found }, 0);
        while let Some((from, to)) = halving.places() {
            let mut between = (1_i64..).zip(times).filter(|(pos, _)| (from..to).contains(pos)).inspect(|_| passed += 1);
            let first = between.find_map(|(pos, sent)| sent.map(|sent| (pos, sent)));
            halving.met((from, to), first);
        }
        (halving.found, passed)
    }

    #[test]
    fn each_moment_is_found_wherever_much_was_deleted_and_no_place_is_passed_again_and_again() {
        let deleted = 5_000;
        for before in [0, 1, 7] {
            for after in [1, 2, 9] {
                let said = |count: usize, first: Millis| (0..count).map(move |nth| Some(first + i64::try_from(nth).unwrap()));
                let times: Vec<Option<Millis>> =
                    said(before, 100).chain(std::iter::repeat_n(None, deleted)).chain(said(after, 200)).collect();
                for at in [0, 100, 103, 107, 150, 200] {
                    let first = (1_i64..).zip(&times).find(|(_, sent)| sent.is_some_and(|sent| sent >= at)).map(|(pos, _)| pos);
                    let (found, passed) = halved(&times, at);
                    assert_eq!(Some(found), first, "{at} with {before} before and {after} after");
                    assert!(passed <= 2 * times.len(), "{passed} places of {}", times.len());
                }
            }
        }
    }
}
