//! Pages of older messages.

use super::{
    Changes, History,
    rows::{Arrival, messages},
};
use crate::{
    Result, StreamState,
    tables::{message, stream},
};
use hearth_protocol::{Pos, stream::StreamId};

impl Changes<'_> {
    /// Applies a page if it is of the copy that is here; a page of another one is late and dropped.
    pub(super) async fn history(&mut self, history: &History) -> Result<()> {
        let (id, page) = (history.conversation, &history.page);
        let stream = StreamId::Conversation(id);
        if stream::find(self.tx, stream).await?.is_none() {
            return Ok(());
        }
        let Some(mut shelf) = self.shelf(stream).await? else { return Ok(()) };
        if shelf.stream.state == StreamState::New || !shelf.stream.is_copy(page.epoch, page.vis_ver) || page.as_of < shelf.stream.floor {
            tracing::debug!(conversation = %id, "a history page of another copy was dropped");
            return Ok(());
        }
        // The page says nothing about messages that are newer than it: beyond the copy's end only what it brings is known.
        let brought = messages(&page.rows).map(|(_, row)| row.pos.saturating_add(1)).fold(shelf.stream.covered_to, Pos::max);
        let to = history.before_pos.min(brought);
        let from = page.from_pos.max(1);
        let replaces = shelf.known.stale.iter().any(|(low, high)| low < to && from < high);
        if page.from_pos < to {
            self.cover(id, &mut shelf, from, to).await?;
            if page.from_pos <= shelf.stream.covered_to {
                shelf.stream.covered_to = shelf.stream.covered_to.max(to);
            }
        }
        self.rows(&Arrival { stream, known: &shelf.known, floor: shelf.stream.floor, live: false }, &page.rows).await?;
        if replaces {
            message::sweep(self.tx, &mut self.index, id, from, to).await?;
            self.touch(id);
        }
        self.settle(shelf).await
    }
}
