//! Whole copies of streams: the first one, a new one after a reset, and the end of one.

use super::{
    Changes, Tail,
    part::Shelf,
    rows::{Arrival, Kept as _, messages},
};
use crate::{
    Result, StreamState, drafts,
    outbox::{group_is_gone, not_a_member, not_in_group, table, why_gone},
    tables::{ahead, group, known, known::Known, message, reaction, stream, unknown_row},
};
use hearth_protocol::{
    Pos, Seq,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, GroupId},
    rows::{CollectedRow, CollectionRow, HiddenRow, PinRow, ScheduledRow, StarRow},
    rule::{Rule, holds},
    stream::StreamId,
};

impl Changes<'_> {
    /// Takes a copy. One that I have already is joined; any other replaces the rows that are here.
    pub(super) async fn tail(&mut self, tail: &Tail) -> Result<()> {
        let part = &tail.part;
        if !self.accepts(part.epoch, part.stream).await? {
            return Ok(());
        }
        self.learn_home(part.stream, &part.rows).await?;
        let Some(mut shelf) = self.shelf(part.stream).await? else { return Ok(()) };
        let stream = &shelf.stream;
        let same = stream.is_copy(part.epoch, part.vis_ver);
        let older = stream.epoch == Some(part.epoch) && part.vis_ver < stream.vis_ver;
        let late = part.vis_ver < stream.expected || (!same && older);
        if late || (stream.epoch == Some(part.epoch) && part.seq < stream.floor) {
            self.gap(part.stream);
            return Ok(());
        }
        let first = stream.state == StreamState::New && stream.cursor == 0 && (same || stream.epoch.is_none());
        let again = stream.state != StreamState::New && same && part.seq <= stream.cursor;
        // What arrived beyond this copy's head, by a frame or an acknowledgement, must not vanish for a moment.
        let keep_after = (same && !stream.void && holds(Rule::KeepNewer)).then_some(part.seq);
        let readable_below = if holds(Rule::ReadableCopy) { tail.from_pos } else { 0 };
        if !again {
            self.make_way(&mut shelf, first, readable_below, keep_after).await?;
        }
        (shelf.stream.epoch, shelf.stream.vis_ver) = (Some(part.epoch), part.vis_ver);
        if let StreamId::Conversation(id) = part.stream {
            let end = messages(&part.rows).map(|(_, row)| row.pos.saturating_add(1)).fold(tail.from_pos, Pos::max);
            self.cover(id, &mut shelf, tail.from_pos, end).await?;
            shelf.stream.covered_to = shelf.stream.covered_to.max(end);
        }
        self.rows(&Arrival { stream: part.stream, known: &shelf.known, floor: shelf.stream.floor, live: false }, &part.rows).await?;
        shelf.stream.cursor = shelf.stream.cursor.max(part.seq);
        shelf.stream.head = shelf.stream.head.max(part.seq);
        shelf.stream.state = StreamState::Complete;
        self.settle(shelf).await
    }

    /// A new copy takes the place of this one. Messages below a place, but for those after `keep_after` if given, are of an older copy from
    /// here on: readable until pages of the new one replace them. Those of a `first` copy too: what came alone before it may have changed
    /// since, in what was lost.
    async fn make_way(&mut self, shelf: &mut Shelf, first: bool, below: Pos, keep_after: Option<Seq>) -> Result<()> {
        let has_messages = shelf.known != Known::default() || shelf.stream.hidden;
        let conversation = if let StreamId::Conversation(id) = shelf.stream.id { Some(id).filter(|_| has_messages) } else { None };
        if let Some(id) = conversation {
            message::age(self.tx, id, below, keep_after).await?;
            reaction::age(self.tx, id, below, keep_after).await?;
            shelf.known.age(below);
        }
        if first {
            // What came alone before it: of what was taken back and purged since, the copy says nothing.
            match shelf.stream.id {
                StreamId::Conversation(id) => {
                    reaction::clear(self.tx, id, keep_after).await?;
                    PinRow::clear(self, shelf.stream.id, keep_after).await?;
                }
                StreamId::User(_) => {
                    StarRow::clear(self, shelf.stream.id, keep_after).await?;
                    HiddenRow::clear(self, shelf.stream.id, keep_after).await?;
                    CollectionRow::clear(self, shelf.stream.id, keep_after).await?;
                    CollectedRow::clear(self, shelf.stream.id, keep_after).await?;
                    ScheduledRow::clear(self, shelf.stream.id, keep_after).await?;
                }
                StreamId::Members(_) | StreamId::Receipts(_) | StreamId::Group(_) => {}
            }
            unknown_row::delete(self.tx, shelf.stream.id, keep_after).await?;
            if let Some(id) = conversation {
                message::clear(self.tx, &mut self.index, id, keep_after).await?;
            }
        } else {
            self.clear(shelf, keep_after).await?;
        }
        if let Some(id) = conversation {
            let kept = message::visible_places(self.tx, id).await?;
            // What stands on those below comes with their pages: they are only readable until then.
            kept.into_iter().filter(|pos| *pos >= below).for_each(|pos| shelf.known.add(pos, pos.saturating_add(1)));
        }
        Ok(())
    }

    /// Empties the copy, but for rows after `keep_after` if given, and for what is of an older one.
    async fn clear(&mut self, shelf: &mut Shelf, keep_after: Option<Seq>) -> Result<()> {
        let stream = &mut shelf.stream;
        self.clear_rows(stream.id, keep_after).await?;
        if let Some(conversation) = stream.conversation() {
            self.touch(conversation);
        }
        unknown_row::delete(self.tx, stream.id, keep_after).await?;
        if keep_after.is_none() {
            ahead::clear(self.tx, stream.id).await?;
        }
        stream::count_reset(self.tx, stream.id).await?;
        (stream.cursor, stream.covered_to) = (0, 1);
        Ok(())
    }

    /// I may not see the stream any more.
    pub(super) async fn gone(&mut self, id: StreamId) -> Result<()> {
        match id {
            // My own stream cannot go; a session that ended is told otherwise.
            StreamId::User(_) => Ok(()),
            // Whoever may not see the receipts may not see the conversation.
            StreamId::Conversation(conversation) | StreamId::Receipts(conversation) => self.forget(conversation).await,
            StreamId::Members(_) => self.drop_stream(id).await,
            StreamId::Group(group) => self.forget_group(group).await,
        }
    }

    /// Removes a conversation's rows, words and streams. Outbox and drafts stay for the person to decide about.
    pub(crate) async fn forget(&mut self, conversation: ConversationId) -> Result<()> {
        self.drop_stream(StreamId::Conversation(conversation)).await?;
        self.drop_stream(StreamId::Members(conversation)).await?;
        self.drop_stream(StreamId::Receipts(conversation)).await?;
        self.touch(conversation);
        Ok(())
    }

    /// Removes a group's rows and those of all its channels.
    pub(crate) async fn forget_group(&mut self, id: GroupId) -> Result<()> {
        self.drop_stream(StreamId::Group(id)).await?;
        for conversation in group::channels(self.tx, id).await? {
            self.forget(conversation).await?;
        }
        Ok(())
    }

    /// I am no longer in the group: what waits for it and its channels is for the person to decide about.
    pub(crate) async fn strand_group(&mut self, id: GroupId, gone: bool) -> Result<()> {
        let (of_channels, of_group) = if gone { (group_is_gone(), group_is_gone()) } else { (not_a_member(), not_in_group()) };
        for conversation in group::channels(self.tx, id).await? {
            self.strand_for(conversation, &of_channels).await?;
        }
        if table::strand_group(self.tx, id, &of_group).await? {
            self.applied.outbox_changed = true;
        }
        Ok(())
    }

    /// I am no longer in the conversation: what waits to go there is for the person to decide about. Nothing of it is lost; what was sent
    /// already may have arrived, and the server's answer to it comes.
    pub(crate) async fn strand(&mut self, conversation: ConversationId) -> Result<()> {
        let gone = why_gone(self.tx, conversation).await?;
        self.strand_for(conversation, &gone.unwrap_or_else(not_a_member)).await
    }

    /// Whoever is out may be let in again, and finds their draft. Nobody comes to what is gone: what was typed there is in the outbox then.
    async fn strand_for(&mut self, conversation: ConversationId, error: &ApiError) -> Result<()> {
        let gone = matches!(error.code, ErrorCode::ConversationIsGone | ErrorCode::GroupIsGone);
        let waited = table::strand(self.tx, conversation, error).await?;
        let typed = gone && drafts::strand(self.tx, conversation, error, self.now_local).await?;
        self.applied.outbox_changed |= waited || typed;
        Ok(())
    }

    async fn drop_stream(&mut self, id: StreamId) -> Result<()> {
        if let Some(stream) = stream::find(self.tx, id).await? {
            let mut shelf = Shelf::empty(stream);
            self.clear(&mut shelf, None).await?;
            if let StreamId::Conversation(conversation) = id {
                message::sweep(self.tx, &mut self.index, conversation, 0, Pos::MAX).await?;
                known::delete(self.tx, conversation).await?;
            }
            stream::delete(self.tx, id).await?;
        }
        Ok(())
    }
}
