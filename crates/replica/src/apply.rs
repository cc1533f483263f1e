//! What the network brings, applied in one transaction: rows with their cursor, search entries, list lines, outbox entries that end.

mod acked;
mod checks;
mod copy;
mod heads;
mod history;
mod learn;
mod part;
mod profiles;
pub(crate) mod rows;

use crate::{
    Replica, Result,
    connection::Durability,
    outbox::{TakenBack, acknowledged},
    search::Index,
    tables::{account, line, meta, notification, person, profile, stream},
};
use hearth_protocol::{
    Millis, Pos, Seq,
    digest::{DigestsResponse, Segment},
    ids::{ConversationId, Epoch, MessageId, UserId},
    mutation::{Acked, Part},
    profile::ProfilesResponse,
    rows::{MessageRow, NotificationRow, Person},
    rule::{Rule, holds},
    stream::StreamId,
    sync::{HeadsResponse, HistoryPage, Watermark},
};
use part::Came;
use rows::Arrival;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that one network event changes, in one transaction. Applied in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Apply {
    pub heads: Option<HeadsResponse>,
    /// Streams that I may not see any more. Their rows go; outbox and drafts stay.
    pub gone: Vec<StreamId>,
    /// Streams whose cursor or copy the server refused: they want a new copy, and keep their rows until it comes.
    pub resets: Vec<StreamId>,
    /// First copies, and new ones after a reset.
    pub tails: Vec<Tail>,
    /// Frames, and pages of changes.
    pub parts: Vec<Part>,
    /// How far streams went when pages of `parts` were read: what lies beyond a page may have changed rows that belong before it.
    pub page_heads: BTreeMap<StreamId, Seq>,
    pub acked: Vec<Acked>,
    pub history: Vec<History>,
    pub checks: Option<Checks>,
    /// What the server told of people.
    pub profiles: Option<ProfilesResponse>,
    /// Only together with every head that it vouches for; `heads` brings its own.
    pub watermark: Option<Watermark>,
    /// The local clock, from which a refused mutation's next try is counted. 0: it is due at once.
    pub now_local: Millis,
    /// The server's clock, where it was heard.
    pub now_server: Option<Millis>,
}

/// A copy of a stream: every row that is not a message, and every message from `from_pos` on.
#[derive(Clone, Debug, PartialEq)]
pub struct Tail {
    pub part: Part,
    pub from_pos: Pos,
}

/// The messages of a conversation just before a place.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub conversation: ConversationId,
    pub before_pos: Pos,
    pub page: HistoryPage,
}

/// The server's digests of segments that the replica asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Checks {
    pub segments: Vec<Segment>,
    pub answer: DigestsResponse,
}

/// What an [`Apply`] changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    /// Their lines or timelines look different now.
    pub conversations: BTreeSet<ConversationId>,
    /// They want a pull: something before a part is missing, or the part is of another copy than mine.
    pub gaps: Vec<StreamId>,
    /// Seen for the first time, from `parts`, and not mine.
    pub new_messages: Vec<NewMessage>,
    pub outbox_changed: bool,
    /// What people tell of themselves, or what I say of me, is different now.
    pub people: bool,
    /// My groups, who is in them or what waits to change them is different now.
    pub groups: bool,
    /// My devices, or what waits to change them, are different now.
    pub devices: bool,
    /// My contacts, requests and blocks, or what waits to change them, are different now.
    pub friends: bool,
    /// My collections, what is in them, or what waits to change that, is different now.
    pub collections: bool,
    /// What I am told of is different now.
    pub inbox: bool,
    /// What of that came just now, and is not read.
    pub told: Vec<NotificationRow>,
    /// What the person wanted back, and what became of it.
    pub taken_back: Vec<TakenBack>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct NewMessage {
    pub conversation: ConversationId,
    pub message: MessageRow,
}

/// A write transaction on its way, and what it has to do before it commits.
pub(crate) struct Changes<'t> {
    pub tx: &'t mut SqliteConnection,
    epoch: Option<Epoch>,
    pub me: Option<UserId>,
    pub index: Index,
    /// Conversations whose lines are to be derived again.
    stale: BTreeSet<ConversationId>,
    applied: Applied,
    now_local: Millis,
    now_server: Option<Millis>,
    /// Rows said what somebody is called.
    names_told: bool,
    /// From where on conversations are kept, as far as this transaction has asked.
    pub(crate) retained: BTreeMap<ConversationId, Pos>,
}

impl Replica {
    /// Applies a batch, all or nothing. Applying the same again changes nothing.
    pub async fn apply(&self, batch: Apply) -> Result<Applied> {
        if !holds(Rule::RowsWithCursor) {
            self.move_cursors(&batch).await?;
        }
        let mut tx = self.write(Durability::Undoable).await?;
        let mut changes = Changes::begin(&mut tx, batch.now_local).await?;
        changes.batch(&batch).await?;
        if changes.names_told {
            self.tell_names();
        }
        let applied = changes.finish().await?;
        tx.commit().await?;
        Ok(applied)
    }

    /// The cursors of a batch without its rows, in a transaction of their own: what [`Rule::RowsWithCursor`] forbids.
    async fn move_cursors(&self, batch: &Apply) -> Result<()> {
        let mut tx = self.write(Durability::Undoable).await?;
        let mut changes = Changes::begin(&mut tx, 0).await?;
        for part in &batch.parts {
            changes.part(&Part { rows: vec![], ..part.clone() }, part.seq, Came::ByItself).await?;
        }
        changes.finish().await?;
        tx.commit().await
    }

    /// Replaces the copy of a stream that was reset, in one transaction: old rows out, new rows in. Outbox and drafts are untouched.
    pub async fn reset_stream(&self, stream: StreamId, tail: Tail) -> Result<Applied> {
        let mut tx = self.write(Durability::Undoable).await?;
        let mut changes = Changes::begin(&mut tx, 0).await?;
        if tail.part.stream == stream {
            stream::refuse(changes.tx, stream).await?;
            changes.tail(&tail).await?;
        }
        if changes.names_told {
            self.tell_names();
        }
        let applied = changes.finish().await?;
        tx.commit().await?;
        Ok(applied)
    }

    /// What the server says first on a connection: the incarnation of its database, and its time. Before anything goes out: from another
    /// incarnation every stream wants a new copy, its rows stay readable until that comes, and what the lost one had acknowledged goes
    /// again, before what waits.
    pub async fn welcome(&self, epoch: Epoch, now_local: Millis, now_server: Millis) -> Result<Applied> {
        let mut tx = self.write(Durability::Undoable).await?;
        acknowledged::purge(&mut tx, now_local, Some(now_server)).await?;
        let mut changes = Changes::begin(&mut tx, now_local).await?;
        changes.set_epoch(epoch).await?;
        let applied = changes.finish().await?;
        tx.commit().await?;
        Ok(applied)
    }
}

impl<'t> Changes<'t> {
    async fn begin(tx: &'t mut SqliteConnection, now_local: Millis) -> Result<Self> {
        let epoch = meta::epoch(&mut *tx).await?;
        let me = account::my_id(&mut *tx).await?;
        Ok(Self {
            tx,
            epoch,
            me,
            index: Index::default(),
            stale: BTreeSet::new(),
            applied: Applied::default(),
            now_local,
            now_server: None,
            names_told: false,
            retained: BTreeMap::new(),
        })
    }

    async fn batch(&mut self, batch: &Apply) -> Result<()> {
        self.now_server = batch.now_server;
        if let Some(heads) = &batch.heads {
            self.heads(heads).await?;
        }
        for stream in &batch.gone {
            self.gone(*stream).await?;
        }
        for stream in &batch.resets {
            stream::refuse(self.tx, *stream).await?;
        }
        for tail in &batch.tails {
            self.tail(tail).await?;
        }
        for part in &batch.parts {
            let head = batch.page_heads.get(&part.stream).copied().unwrap_or(part.seq);
            self.part(part, head, Came::ByItself).await?;
            if let Some(head) = batch.page_heads.get(&part.stream) {
                stream::trust(self.tx, part.stream, *head).await?;
            }
        }
        for acked in &batch.acked {
            self.acked(acked).await?;
        }
        if !batch.acked.is_empty() {
            acknowledged::purge(self.tx, batch.now_local, batch.now_server).await?;
        }
        for history in &batch.history {
            self.history(history).await?;
        }
        if let Some(checks) = &batch.checks {
            self.checks(checks).await?;
        }
        if let Some(profiles) = &batch.profiles {
            self.profiles(profiles).await?;
        }
        if let Some(watermark) = &batch.watermark {
            meta::raise_watermark(self.tx, watermark).await?;
        }
        Ok(())
    }

    async fn set_epoch(&mut self, epoch: Epoch) -> Result<()> {
        if self.epoch == Some(epoch) {
            return Ok(());
        }
        meta::set_epoch(self.tx, epoch).await?;
        if self.epoch.is_some() && holds(Rule::EpochCheck) {
            stream::refuse_all(self.tx).await?;
            profile::doubt_all(self.tx).await?;
            person::forget_deleted(self.tx).await?;
            self.stale.extend(stream::conversations(self.tx).await?);
        }
        self.epoch = Some(epoch);
        if holds(Rule::ReplayAfterRestore) {
            for conversation in acknowledged::requeue(self.tx, epoch, self.now_local).await? {
                self.applied.outbox_changed = true;
                self.touch(conversation);
            }
        }
        Ok(())
    }

    /// True when rows of this epoch may be applied; a replica without an epoch takes the first that it meets.
    async fn accepts(&mut self, epoch: Epoch, stream: StreamId) -> Result<bool> {
        if self.epoch.is_none() {
            self.set_epoch(epoch).await?;
        }
        if self.epoch == Some(epoch) || !holds(Rule::EpochCheck) {
            return Ok(true);
        }
        self.gap(stream);
        Ok(false)
    }

    fn gap(&mut self, stream: StreamId) {
        if !self.applied.gaps.contains(&stream) {
            self.applied.gaps.push(stream);
        }
    }

    /// What people tell of themselves is different now.
    pub(crate) fn touch_people(&mut self) {
        self.applied.people = true;
    }

    /// My groups or who is in them are different now.
    pub(crate) fn touch_groups(&mut self) {
        self.applied.groups = true;
    }

    /// My devices are different now.
    pub(crate) fn touch_devices(&mut self) {
        self.applied.devices = true;
    }

    /// My contacts, requests or blocks are different now.
    pub(crate) fn touch_friends(&mut self) {
        self.applied.friends = true;
    }

    /// My collections or what is in them are different now.
    pub(crate) fn touch_collections(&mut self) {
        self.applied.collections = true;
    }

    /// What I am told of is different now; what came just now is news.
    pub(crate) fn touch_inbox(&mut self, arrival: &Arrival<'_>, row: &NotificationRow) {
        self.applied.inbox = true;
        if arrival.live && row.read_at.is_none() {
            self.applied.told.push(row.clone());
        }
    }

    /// What I am told of there is read as far as I have read.
    pub(crate) async fn touch_mentions(&mut self, conversation: ConversationId) -> Result<()> {
        self.applied.inbox = self.applied.inbox || notification::is_of(self.tx, conversation).await?;
        Ok(())
    }

    /// What I am told of these messages says what they say.
    pub(crate) async fn touch_told_of(&mut self, messages: impl Iterator<Item = MessageId>) -> Result<()> {
        self.applied.inbox = self.applied.inbox || notification::are_of(self.tx, messages).await?;
        Ok(())
    }

    /// Keeps what somebody is called. If they were here under another name, whatever may show it looks different now.
    pub(crate) async fn learn_person(&mut self, person: &Person) -> Result<()> {
        self.names_told = true;
        if person::learn(self.tx, person).await? {
            self.applied.conversations.extend(person::conversations(self.tx, person.user).await?);
            self.touch_own();
        }
        Ok(())
    }

    /// Whatever belongs to no conversation may look different now.
    pub(crate) fn touch_own(&mut self) {
        self.touch_people();
        self.touch_groups();
        self.touch_devices();
        self.touch_friends();
        self.touch_collections();
        self.applied.inbox = true;
    }

    /// Its line and its timeline look different now.
    pub(crate) fn touch(&mut self, conversation: ConversationId) {
        self.stale.insert(conversation);
        self.applied.conversations.insert(conversation);
    }

    async fn finish(mut self) -> Result<Applied> {
        if !self.applied.new_messages.is_empty() {
            let blocked = crate::friends::blocked(self.tx).await?;
            self.applied.new_messages.retain(|new| !blocked.contains(&new.message.sender));
        }
        let more = self.index.write(self.tx).await?;
        meta::add_messages(self.tx, more).await?;
        for conversation in self.stale {
            line::refresh(self.tx, conversation, self.me).await?;
        }
        Ok(self.applied)
    }
}
