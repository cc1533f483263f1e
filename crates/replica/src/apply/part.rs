//! Parts: rows with the range of changes that they are all of.

use super::{
    Changes,
    rows::{Arrival, messages},
};
use crate::{
    Result, StreamState,
    tables::{ahead, known, known::Known, message, reaction, stream, stream::StreamRow},
};
use hearth_protocol::{
    Pos, Seq,
    ids::{ConversationId, MutationId},
    mutation::Part,
    row::Row,
    rows::MessageRow,
    rule::{Rule, holds},
    stream::StreamId,
};

/// A stream's copy while it is being changed.
pub(super) struct Shelf {
    pub stream: StreamRow,
    /// Of a conversation; empty for other streams.
    pub known: Known,
    known_before: Known,
}

impl Changes<'_> {
    /// Finds a stream, or begins to follow it, to change its copy. `None` when I have left its conversation.
    pub(super) async fn shelf(&mut self, id: StreamId) -> Result<Option<Shelf>> {
        let Some(stream) = stream::follow(self.tx, id).await? else { return Ok(None) };
        let known = match id {
            StreamId::Conversation(conversation) => known::of(self.tx, conversation).await?,
            StreamId::User(_) | StreamId::Members(_) | StreamId::Receipts(_) | StreamId::Group(_) => Known::default(),
        };
        Ok(Some(Shelf { stream, known_before: known.clone(), known }))
    }

    /// Applies a part's rows by their guard; the cursor moves only if nothing before the part is missing.
    pub(super) async fn part(&mut self, part: &Part, head: Seq, came: Came) -> Result<()> {
        if !self.accepts(part.epoch, part.stream).await? {
            return Ok(());
        }
        if matches!(part.stream, StreamId::Receipts(_)) && !self.has_copy(part.stream).await? {
            // Of a conversation that was never open: there is no copy to keep up to date, but perhaps one on its way that lacks this.
            return self.note_head(part.stream, part.seq).await;
        }
        self.learn_home(part.stream, &part.rows).await?;
        let Some(mut shelf) = self.shelf(part.stream).await? else { return Ok(()) };
        let stream = &mut shelf.stream;
        if part.vis_ver < stream.expected {
            tracing::debug!(stream = %part.stream, "a part of an earlier version of what I see was dropped");
            return Ok(());
        }
        if part.seq <= stream.floor && stream.is_copy(part.epoch, part.vis_ver) {
            // All of it has passed or comes with the copy, and what it says may have been purged since.
            return Ok(());
        }
        if stream.epoch.is_none() {
            (stream.epoch, stream.vis_ver) = (Some(part.epoch), part.vis_ver);
            // Everything from the beginning is a copy, unless more is known to exist, which a tail brings faster.
            if part.prev == 0 && stream.head <= part.seq {
                stream.state = StreamState::Complete;
                shelf.known.add(1, 1);
            }
        }
        if !stream.is_copy(part.epoch, part.vis_ver) {
            return self.other_copy(shelf.stream, part).await;
        }
        let contiguous = stream.state != StreamState::New && (part.prev <= stream.cursor || !holds(Rule::NoGapUnderCursor));
        stream.head = stream.head.max(part.seq).max(head);
        // First, so that the messages are seen to appear.
        let place = if !contiguous {
            Place::BeyondGap
        } else if shelf.stream.head > part.seq {
            Place::OnTheWay
        } else {
            Place::AtHead
        };
        let covered = if let StreamId::Conversation(_) = part.stream { shelf.know(&part.rows, place, came) } else { None };
        if let StreamId::Conversation(conversation) = part.stream {
            // Where it was written long ago, the answer brings what stands on it now.
            let places = answered(&part.rows, came);
            for pos in places {
                reaction::sweep(self.tx, conversation, pos, pos.saturating_add(1)).await?;
            }
        }
        self.rows(
            &Arrival { stream: part.stream, known: &shelf.known, floor: shelf.stream.floor, live: came == Came::ByItself },
            &part.rows,
        )
        .await?;
        if let (StreamId::Conversation(id), Some((from, to))) = (part.stream, covered) {
            self.cover(id, &mut shelf, from, to).await?;
        }
        if contiguous {
            shelf.stream.cursor = shelf.stream.cursor.max(part.seq);
        } else {
            ahead::add(self.tx, part.stream, part.prev, part.seq).await?;
            self.gap(part.stream);
        }
        self.settle(shelf).await
    }

    async fn has_copy(&mut self, id: StreamId) -> Result<bool> {
        Ok(stream::find(self.tx, id).await?.is_some_and(|stream| stream.epoch.is_some()))
    }

    /// There is more of it than is here, whether or not anything of it is wanted now.
    pub(super) async fn note_head(&mut self, id: StreamId, head: Seq) -> Result<()> {
        if let Some(mut stream) = stream::follow(self.tx, id).await? {
            stream.head = stream.head.max(head);
            stream::save(self.tx, &stream).await?;
        }
        Ok(())
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

    /// Makes `[from, to)` known and shows what was hidden there.
    pub(super) async fn cover(&mut self, conversation: ConversationId, shelf: &mut Shelf, from: Pos, to: Pos) -> Result<()> {
        shelf.known.add(from, to);
        if shelf.stream.hidden && message::reveal(self.tx, &mut self.index, conversation, from, to).await? {
            self.touch(conversation);
        }
        Ok(())
    }

    /// Ends every change of a copy: jumps over ranges that came early, derives what the cursor decides, and writes it.
    pub(super) async fn settle(&mut self, mut shelf: Shelf) -> Result<()> {
        let id = shelf.stream.id;
        let copied = shelf.stream.state != StreamState::New;
        if copied && shelf.stream.early {
            shelf.stream.cursor = ahead::jump(self.tx, id, shelf.stream.cursor).await?;
        }
        if let StreamId::Conversation(conversation) = id {
            self.stale.insert(conversation);
            let retained = self.retained(conversation).await?;
            shelf.retain(retained);
            if copied {
                self.reach(conversation, &mut shelf, retained).await?;
            }
            known::save(self.tx, conversation, &shelf.known_before, &shelf.known).await?;
        }
        stream::save(self.tx, &shelf.stream).await
    }

    /// What the cursor has passed is known; what is known from the first place on that is kept is complete.
    async fn reach(&mut self, conversation: ConversationId, shelf: &mut Shelf, retained: Pos) -> Result<()> {
        let covered_to = shelf.stream.covered_to;
        let above = shelf.known.sure.top().is_some_and(|(_, to)| to > covered_to);
        let at_head = shelf.stream.cursor >= shelf.stream.head;
        if (above || shelf.stream.hidden)
            && at_head
            && let Some(last) = message::last_passed(self.tx, conversation, covered_to, shelf.stream.cursor).await?
        {
            shelf.stream.covered_to = last.saturating_add(1);
            self.cover(conversation, shelf, covered_to, last.saturating_add(1)).await?;
        }
        let whole = shelf.known.sure.frontier(shelf.stream.covered_to).is_some_and(|(from, _)| from <= retained.max(1));
        let state = if whole { StreamState::Complete } else { StreamState::Tail };
        if state != shelf.stream.state {
            shelf.stream.state = state;
            self.touch(conversation);
        }
        Ok(())
    }
}

impl Shelf {
    /// Nothing is known of it, or will be.
    pub fn empty(stream: StreamRow) -> Self {
        Self { stream, known: Known::default(), known_before: Known::default() }
    }

    /// Nothing stands below this place any more: the copy begins there.
    fn retain(&mut self, pos: Pos) {
        if pos <= 1 {
            return;
        }
        self.known.cut(pos);
        if self.stream.covered_to <= pos {
            self.stream.covered_to = pos;
            self.known.add(pos, pos);
        }
    }

    /// Makes places known through a part's messages. Returns the range in which others may have been hidden.
    fn know(&mut self, rows: &[Row], place: Place, came: Came) -> Option<(Pos, Pos)> {
        let from = self.stream.covered_to;
        // A message of mine that has just been answered could be seen in the outbox until now: it stands wherever it is.
        let answered = |row: &MessageRow| came == Came::AsAnswer(row.id);
        for (_, row) in messages(rows).filter(|(_, row)| answered(row)) {
            self.known.add(row.pos, row.pos.saturating_add(1));
        }
        if place == Place::AtHead || !holds(Rule::KnownPlaces) {
            let end = messages(rows).map(|(_, row)| row.pos.saturating_add(1)).fold(from, Pos::max);
            if end > from {
                self.known.add(from, end);
                self.stream.covered_to = end;
                return Some((from, end));
            }
            return None;
        }
        // Beyond a gap only what is certainly new stands alone; an edit of something not fetched yet stays hidden.
        let stands = |row: &MessageRow| place == Place::OnTheWay || (row.revision == 0 && row.body.is_some());
        for (_, row) in messages(rows).filter(|(_, row)| row.pos >= from && stands(row)) {
            self.known.add(row.pos, row.pos.saturating_add(1));
        }
        None
    }
}

/// The places of messages that the server answers for.
fn answered(rows: &[Row], came: Came) -> Vec<Pos> {
    messages(rows).filter(|(_, row)| came == Came::AsAnswer(row.id)).map(|(_, row)| row.pos).collect()
}

/// Why a part came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// Something happened: new messages in it are news.
    ByItself,
    /// The server answers a mutation of mine.
    AsAnswer(MutationId),
}

/// Where a part lies in its stream.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing is missing up to the newest change: of all places up to its last message, every one is here.
    AtHead,
    /// Nothing before it is missing, but more follows: a message that was changed since comes with its change, after those that stand
    /// behind it.
    OnTheWay,
    BeyondGap,
}
