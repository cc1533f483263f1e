//! Parts: rows with the range of changes that they are all of.

use super::Changes;
use crate::{
    Result, StreamState,
    tables::{ahead, known, message, stream, stream::StreamRow},
};
use hearth_protocol::{Pos, Seq, ids::ConversationId, mutation::Part, rows::MessageRow, stream::StreamId};

impl Changes<'_> {
    /// Applies a part's rows by their guard; the cursor moves only if nothing before the part is missing.
    pub(super) async fn part(&mut self, part: &Part, live: bool) -> Result<()> {
        if !self.accepts(part.epoch, part.stream).await? {
            return Ok(());
        }
        let Some(mut stream) = self.follow(part.stream).await? else { return Ok(()) };
        if stream.epoch.is_none() {
            (stream.epoch, stream.vis_ver) = (Some(part.epoch), part.vis_ver);
            // Everything from the beginning is a copy, unless more is known to exist, which a tail brings faster.
            if part.prev == 0 && stream.head <= part.seq {
                stream.state = StreamState::Complete;
                if let StreamId::Conversation(id) = part.stream {
                    known::add(self.tx, id, 1, 1).await?;
                }
            }
        }
        if !stream.is_copy(part.epoch, part.vis_ver) {
            return self.other_copy(stream, part).await;
        }
        let contiguous = stream.state != StreamState::New && part.prev <= stream.cursor;
        stream.head = stream.head.max(part.seq);
        let messages = self.rows(part.stream, &part.rows).await?;
        if let StreamId::Conversation(id) = part.stream {
            let covered = self.know(id, &mut stream, &messages, contiguous).await?;
            self.messages(id, &messages, live).await?;
            if let Some((from, to)) = covered {
                self.cover(id, from, to).await?;
            }
        }
        if contiguous {
            stream.cursor = stream.cursor.max(part.seq);
        } else {
            ahead::add(self.tx, part.stream, part.prev, part.seq).await?;
            self.gap(part.stream);
        }
        self.settle(stream).await
    }

    /// The part is of another copy than mine: a newer one makes mine worthless, an older one is late.
    async fn other_copy(&mut self, mut stream: StreamRow, part: &Part) -> Result<()> {
        let newer = stream.epoch != Some(part.epoch) || part.vis_ver > stream.vis_ver;
        if newer {
            stream.state = StreamState::New;
            stream.head = stream.head.max(part.seq);
            stream::save(self.tx, &stream).await?;
            self.gap(part.stream);
        }
        Ok(())
    }

    /// Makes places known through a part, before its messages are written, so that they are seen to appear. Returns the range in
    /// which others may have been hidden.
    async fn know(
        &mut self,
        id: ConversationId,
        stream: &mut StreamRow,
        rows: &[(Seq, &MessageRow)],
        contiguous: bool,
    ) -> Result<Option<(Pos, Pos)>> {
        if contiguous {
            let from = stream.covered_to;
            let end = rows.iter().map(|(_, row)| row.pos.saturating_add(1)).fold(from, Pos::max);
            if end == from {
                return Ok(None);
            }
            known::add(self.tx, id, from, end).await?;
            stream.covered_to = end;
            return Ok(Some((from, end)));
        }
        // Beyond a gap only what is certainly new stands alone; an edit of something not fetched yet stays hidden.
        for (_, row) in rows.iter().filter(|(_, row)| row.pos >= stream.covered_to && row.revision == 0 && row.body.is_some()) {
            known::add(self.tx, id, row.pos, row.pos.saturating_add(1)).await?;
        }
        Ok(None)
    }

    /// Makes `[from, to)` known and shows what was hidden there.
    pub(super) async fn cover(&mut self, conversation: ConversationId, from: Pos, to: Pos) -> Result<()> {
        known::add(self.tx, conversation, from, to).await?;
        if message::reveal(self.tx, &mut self.index, conversation, from, to).await? {
            self.touch(conversation);
        }
        Ok(())
    }

    /// Ends every change of a stream: jumps over ranges that came early, derives what the cursor decides, and writes the row.
    pub(super) async fn settle(&mut self, mut stream: StreamRow) -> Result<()> {
        if stream.state != StreamState::New {
            stream.cursor = ahead::jump(self.tx, stream.id, stream.cursor).await?;
        }
        if let StreamId::Conversation(id) = stream.id {
            self.stale.insert(id);
            if stream.state != StreamState::New {
                if let Some(last) = message::last_passed(self.tx, id, stream.covered_to, stream.cursor).await? {
                    let end = last.saturating_add(1);
                    self.cover(id, stream.covered_to, end).await?;
                    stream.covered_to = end;
                }
                let known = known::of(self.tx, id).await?;
                let whole = known.frontier(stream.covered_to).is_some_and(|(from, _)| from <= 1);
                let before = stream.state;
                stream.state = if whole { StreamState::Complete } else { StreamState::Tail };
                if stream.state != before {
                    self.touch(id);
                }
            }
        }
        stream::save(self.tx, &stream).await
    }

    /// Finds the stream or begins to follow it; a conversation's members come with it.
    pub(super) async fn follow(&mut self, id: StreamId) -> Result<Option<StreamRow>> {
        let row = stream::follow(self.tx, id).await?;
        if let (Some(_), StreamId::Conversation(conversation)) = (&row, id) {
            self.stale.insert(conversation);
            stream::follow(self.tx, StreamId::Members(conversation)).await?;
        }
        Ok(row)
    }
}
