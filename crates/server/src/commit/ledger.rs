//! Gives changes their seqs, and keeps what a batch will write.

use super::{
    View,
    change::Change,
    facts::{Audience, Outdated},
};
use crate::store::{
    StoreError, audit,
    change_log::{self, Entry},
    mutation::{self, AppliedMutation},
    own_mark::OwnMark,
    rows::{self, Record},
    stream,
};
use hearth_protocol::{
    Seq,
    ids::{MessageId, UserId},
    row::{Row, RowKey},
    rows::{AccountRow, CollectionRow, InvitationRow, NotificationRow, ReactionRow, ScheduledRow},
    stream::StreamId,
};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};

/// A stream that a batch moved, for the fanout.
pub(crate) struct Move {
    pub stream: StreamId,
    /// The rows are all that changed in `(prev, seq]`, whoever may see them.
    pub prev: Seq,
    pub seq: Seq,
    pub rows: Vec<Row>,
    pub audience: Audience,
}

/// A durable batch: the change log's entries `(from, upto]`.
pub(crate) struct Committed {
    pub from: u64,
    pub upto: u64,
    pub moves: Vec<Move>,
    pub outdated: Vec<Outdated>,
    /// Whose profiles look different to others now.
    pub profiles: BTreeSet<UserId>,
}

/// The rows that one mutation changed in one stream.
pub(super) struct StreamRows {
    pub stream: StreamId,
    pub seq: Seq,
    pub rows: Vec<Row>,
}

/// Everything that a batch will write.
#[derive(Default)]
pub(super) struct Ledger {
    mutations: Vec<AppliedMutation>,
    audit: Vec<audit::Act>,
    streams: BTreeMap<StreamId, StreamChanges>,
}

/// What the batch changed in one stream: each row once, at its newest.
struct StreamChanges {
    prev: Seq,
    seq: Seq,
    rows: BTreeMap<RowKey, (Seq, Record)>,
}

impl Ledger {
    pub fn is_empty(&self) -> bool {
        self.mutations.is_empty()
    }

    /// Records one mutation's changes; gives back what it changed, stream by stream.
    pub async fn record(&mut self, view: &mut View<'_>, changes: Vec<Change>) -> Result<Vec<StreamRows>, StoreError> {
        let mut changed: BTreeMap<StreamId, StreamRows> = BTreeMap::new();
        for Change { stream, mut record } in changes {
            record.learn(stream, view).await?;
            let seq = match changed.get(&stream) {
                Some(mine) => mine.seq,
                None => view.next_seq(stream).await?,
            };
            let row = Row { seq, data: record.row() };
            let kept = self.streams.entry(stream).or_insert_with(|| StreamChanges { prev: seq - 1, seq, rows: BTreeMap::new() });
            kept.seq = seq;
            let key = row.data.key();
            let record = match kept.rows.remove(&key) {
                Some((_, earlier)) => Record::after(earlier, record),
                None => record,
            };
            kept.rows.insert(key, (seq, record));
            changed.entry(stream).or_insert_with(|| StreamRows { stream, seq, rows: Vec::new() }).rows.push(row);
        }
        Ok(changed.into_values().collect())
    }

    /// A row as an earlier mutation of the batch has left it.
    pub fn row(&self, stream: StreamId, key: &RowKey) -> Option<Row> {
        let (seq, record) = self.streams.get(&stream)?.rows.get(key)?;
        Some(Row { seq: *seq, data: record.row() })
    }

    /// What the batch has changed so far in people's own streams.
    fn own(&self) -> impl Iterator<Item = (UserId, &RowKey, &Record)> {
        self.streams
            .iter()
            .filter_map(|(stream, changes)| if let StreamId::User(user) = stream { Some((*user, changes)) } else { None })
            .flat_map(|(user, changes)| changes.rows.iter().map(move |(key, (_, record))| (user, key, record)))
    }

    /// The accounts that the batch has changed so far.
    pub fn accounts(&self) -> impl Iterator<Item = (UserId, AccountRow)> {
        self.own().filter_map(|(of, _, record)| if let Record::Account(record) = record { Some((of, record.row())) } else { None })
    }

    /// The invitations among that, and whose copies they are.
    pub fn invitations(&self) -> impl Iterator<Item = (UserId, &InvitationRow)> {
        self.own().filter_map(|(of, _, record)| if let Record::Invitation(row) = record { Some((of, row)) } else { None })
    }

    /// What people have marked for themselves among that, and who.
    pub fn marks<M: OwnMark>(&self) -> impl Iterator<Item = (UserId, &M)> {
        self.own().filter_map(|(of, _, record)| M::of_record(record).map(|mark| (of, mark)))
    }

    /// What people are told of among that, and who.
    pub fn notifications(&self) -> impl Iterator<Item = (UserId, &NotificationRow)> {
        self.own().filter_map(|(of, _, record)| if let Record::Notification(row) = record { Some((of, row)) } else { None })
    }

    /// The collections among that, and whose they are.
    pub fn collections(&self) -> impl Iterator<Item = (UserId, &CollectionRow)> {
        self.own().filter_map(|(of, _, record)| if let Record::Collection(row) = record { Some((of, row)) } else { None })
    }

    /// The scheduled messages among that, and whose they are.
    pub fn scheduled(&self) -> impl Iterator<Item = (UserId, &ScheduledRow)> {
        self.own().filter_map(|(of, _, record)| if let Record::Scheduled(record) = record { Some((of, &record.row)) } else { None })
    }

    /// What of that is about somebody: see [`crate::store::tie`].
    pub fn ties_of(&self, user: UserId) -> impl Iterator<Item = (UserId, RowKey)> {
        let about = move |record: &Record| match record {
            Record::Contact(row) => row.person.user == user,
            Record::Block(row) => row.person.user == user,
            Record::Invitation(row) => row.sender.user == user || row.receiver.user == user,
            _ => false,
        };
        self.own().filter(move |(.., record)| about(record)).map(|(of, key, _)| (of, key.clone()))
    }

    /// What the batch has changed of a message's reactions.
    pub fn reactions_to(&self, stream: StreamId, message: MessageId) -> impl Iterator<Item = &ReactionRow> {
        let rows = self.streams.get(&stream).into_iter().flat_map(|changes| changes.rows.values());
        rows.filter_map(|(_, record)| if let Record::Reaction(record) = record { Some(&record.row) } else { None })
            .filter(move |row| row.message == message)
    }

    pub fn add_audit(&mut self, act: audit::Act) {
        self.audit.push(act);
    }

    pub fn add_mutation(&mut self, mutation: AppliedMutation) {
        self.mutations.push(mutation);
    }

    /// Writes everything; the caller commits. `n` is the change log's newest entry before this batch.
    pub async fn write(&self, connection: &mut AnyConnection, n: u64) -> Result<u64, StoreError> {
        let records: Vec<(StreamId, Seq, &Record)> =
            self.streams.iter().flat_map(|(stream, changes)| changes.rows.values().map(|(seq, record)| (*stream, *seq, record))).collect();
        rows::write(connection, &records).await?;
        mutation::insert(connection, &self.mutations).await?;
        audit::append(connection, &self.audit).await?;
        let heads: Vec<(StreamId, Seq)> = self.streams.iter().map(|(stream, changes)| (*stream, changes.seq)).collect();
        stream::set_heads(connection, &heads).await?;
        let entries: Vec<Entry> = heads.iter().zip(n + 1..).map(|((stream, head), n)| Entry { n, stream: *stream, head: *head }).collect();
        change_log::append(connection, &entries).await?;
        Ok(entries.last().map_or(n, |entry| entry.n))
    }

    /// What the fanout needs to know.
    pub async fn publish(self, view: &mut View<'_>, from: u64, upto: u64) -> Result<Committed, StoreError> {
        let mut moves = Vec::with_capacity(self.streams.len());
        for (stream, StreamChanges { prev, seq, rows }) in self.streams {
            let audience = view.audience(stream).await?;
            let mut rows: Vec<Row> = rows.into_values().map(|(seq, record)| Row { seq, data: record.into_row() }).collect();
            rows.sort_by_key(|row| row.seq);
            moves.push(Move { stream, prev, seq, rows, audience });
        }
        Ok(Committed { from, upto, moves, outdated: view.outdated(), profiles: view.profiles() })
    }
}
