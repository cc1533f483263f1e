//! Which parts of the copies are due to be compared with the server's.

use crate::{
    Replica, Result,
    connection::Durability,
    sql::{get, id, number},
    tables::{checked, known, message, meta},
};
use hearth_protocol::{
    Millis, Pos,
    digest::{Segment, digest},
    ids::ConversationId,
    limits,
};

/// Each conversation is compared this often.
pub(crate) const CHECKED_EVERY_MS: Millis = 7 * DAY_MS;
/// One whose copy was refused is not compared for so long: a difference that fetching does not cure must not be fetched for ever.
pub(crate) const REFUSED_FOR_MS: Millis = DAY_MS;
const DAY_MS: Millis = 24 * 3_600 * 1_000;

impl Replica {
    /// Segments of conversations that are up to date and were not compared for a week, at most `limit`; what there is no more of is done
    /// for another week.
    pub async fn segments_due(&self, now_local: Millis, limit: usize) -> Result<Vec<Segment>> {
        let mut tx = self.write(Durability::Undoable).await?;
        let Some(epoch) = meta::epoch(&mut tx).await? else { return Ok(vec![]) };
        checked::begin(&mut tx, now_local, CHECKED_EVERY_MS).await?;
        let rows = sqlx::query(
            "SELECT s.conversation, s.vis_ver, s.covered_to, c.next_pos FROM checked c
             JOIN stream s ON s.conversation = c.conversation AND s.kind = 1
             WHERE c.due_local <= ?1 AND s.state <> 'new' AND s.cursor = s.head AND s.epoch = ?2 ORDER BY c.due_local LIMIT ?3",
        )
        .bind(now_local)
        .bind(epoch.as_bytes())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *tx)
        .await?;
        let mut segments = vec![];
        for row in &rows {
            let conversation: ConversationId = id(get(row, "conversation")?)?;
            let next = number(get(row, "next_pos")?);
            let known = known::of(&mut tx, conversation).await?;
            match known.sure.iter().find(|(_, to)| *to > next) {
                Some((from, to)) => {
                    let from_pos = from.max(next);
                    let to_pos = to.min(from_pos.saturating_add(limits::SEGMENT_PLACES_MAX));
                    segments.push(Segment { conversation, vis_ver: number(get(row, "vis_ver")?), from_pos, to_pos });
                }
                None => checked::end(&mut tx, conversation, now_local.saturating_add(CHECKED_EVERY_MS)).await?,
            }
        }
        tx.commit().await?;
        Ok(segments)
    }

    /// The digest of the places `[from, to)` as they are here.
    pub async fn digest(&self, conversation: ConversationId, from: Pos, to: Pos) -> Result<String> {
        let mut tx = self.read().await?;
        Ok(digest(message::entries(&mut tx, conversation, from, to).await?))
    }
}
