//! Where in a conversation a moment is.

use super::{StoreError, message::bounds};
use crate::sight::Sight;
use hearth_protocol::{Millis, Pos, stream::StreamId};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

/// A message that is not deleted: its place, as the column has it, and when it was sent.
type Said = (i64, Millis);

/// The place of the first visible message of a moment or later that is not deleted.
///
/// Places rise with the time, so that it is found by halving: as many looks along the index of places as the highest of them has bits,
/// whatever was said. Where the server's clock was set back, it is one of the places at which the moment passes.
pub(crate) async fn place(connection: &mut AnyConnection, sight: &Sight, at: Millis) -> Result<Option<Pos>, StoreError> {
    for (from, to) in bounds(sight, None) {
        let newest = said(connection, sight.stream, (from, to), "DESC").await?;
        let Some((mut found, _)) = newest.filter(|(_, sent)| *sent >= at) else { continue };
        // What is below `low` is earlier; from `high` on nothing is before what was found.
        let (mut low, mut high) = (from, found);
        while low < high {
            let middle = low + (high - low) / 2;
            match said(connection, sight.stream, (middle, found), "ASC").await? {
                Some((pos, sent)) if sent < at => low = pos + 1,
                Some((pos, _)) => (found, high) = (pos, middle),
                None => high = middle,
            }
        }
        return Ok(Some(Pos::try_from(found).map_err(|_| StoreError::Unreadable("pos"))?));
    }
    Ok(None)
}

/// The first or the last message in `[from, to)` that is not deleted.
async fn said(
    connection: &mut AnyConnection,
    stream: StreamId,
    (from, to): (i64, i64),
    order: &'static str,
) -> Result<Option<Said>, StoreError> {
    let sql = format!(
        "SELECT pos, created_at FROM message WHERE conversation = $1 AND pos >= $2 AND pos < $3 AND body IS NOT NULL \
         ORDER BY pos {order} LIMIT 1"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(stream.owner().as_bytes().to_vec()).bind(from).bind(to);
    let row = query.fetch_optional(connection).await?;
    row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
}
