//! Gives changes their numbers, and keeps what a batch will write.

use super::{
    View,
    change::Change,
    facts::{Audience, ConversationFacts},
};
use crate::store::{
    StoreError,
    account::{self, NewAccount},
    change_log::{self, Entry},
    conversation::{self, NewConversation},
    member::{self, NewMember},
    message::{self, NewMessage},
    mutation::{self, AppliedMutation},
    read_marker::{self, MovedMarker},
    stream,
};
use hearth_protocol::{
    Seq,
    row::Row,
    rows::{AccountRow, ConversationRow, MemberRow, MembershipRow, MessageRow, ReadMarkerRow, Role, RowData},
    stream::StreamId,
};
use sqlx::AnyConnection;
use std::collections::BTreeMap;

/// A stream that a batch moved, for the fanout.
pub(crate) struct Move {
    pub stream: StreamId,
    /// The rows are all that changed in `(prev, seq]`.
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
    accounts: Vec<(NewAccount, Seq)>,
    conversations: Vec<NewConversation>,
    members: Vec<NewMember>,
    messages: Vec<NewMessage>,
    markers: BTreeMap<(hearth_protocol::ids::UserId, hearth_protocol::ids::ConversationId), MovedMarker>,
    mutations: Vec<AppliedMutation>,
    moves: BTreeMap<StreamId, StreamMove>,
}

struct StreamMove {
    prev: Seq,
    seq: Seq,
    rows: Vec<Row>,
}

/// The seqs that one mutation has taken: one per stream.
#[derive(Default)]
struct Numbers(BTreeMap<StreamId, (Seq, Vec<Row>)>);

impl Numbers {
    async fn take(&mut self, view: &mut View<'_>, stream: StreamId) -> Result<Seq, StoreError> {
        if let Some((seq, _)) = self.0.get(&stream) {
            return Ok(*seq);
        }
        let seq = view.next_seq(stream).await?;
        self.0.insert(stream, (seq, Vec::new()));
        Ok(seq)
    }

    async fn add(&mut self, view: &mut View<'_>, stream: StreamId, data: impl Into<RowData>) -> Result<Seq, StoreError> {
        let seq = self.take(view, stream).await?;
        if let Some((_, rows)) = self.0.get_mut(&stream) {
            rows.push(Row::new(seq, data));
        }
        Ok(seq)
    }
}

impl Ledger {
    pub fn is_empty(&self) -> bool {
        self.mutations.is_empty()
    }

    /// Records one mutation's changes; gives back what it changed, stream by stream.
    pub async fn record(&mut self, view: &mut View<'_>, changes: Vec<Change>) -> Result<Vec<StreamRows>, StoreError> {
        let mut numbers = Numbers::default();
        for change in changes {
            match change {
                Change::Account(account) => self.record_account(view, &mut numbers, *account).await?,
                Change::Conversation { row, created_by } => {
                    view.add_conversation(row.id, ConversationFacts::new(row.kind));
                    let seq = numbers.add(view, StreamId::Conversation(row.id), ConversationRow::clone(&row)).await?;
                    self.conversations.push(NewConversation { row, created_by, seq });
                }
                Change::Member { .. } => self.record_member(view, &mut numbers, change).await?,
                Change::Message { .. } => self.record_message(view, &mut numbers, change).await?,
                Change::ReadMarker { account, row } => {
                    view.set_marker(account, row.conversation, row.pos);
                    let seq = numbers.add(view, StreamId::User(account), ReadMarkerRow::clone(&row)).await?;
                    self.markers.insert((account, row.conversation), MovedMarker { account, row, seq });
                }
            }
        }
        Ok(numbers.0.into_iter().map(|(stream, (seq, rows))| self.moved(stream, seq, rows)).collect())
    }

    pub fn add_mutation(&mut self, mutation: AppliedMutation) {
        self.mutations.push(mutation);
    }

    async fn record_account(&mut self, view: &mut View<'_>, numbers: &mut Numbers, account: NewAccount) -> Result<(), StoreError> {
        view.add_account(account.person(), account.username_key.clone(), account.role == Role::Admin);
        let row: AccountRow = account.row();
        let seq = numbers.add(view, StreamId::User(account.id), row).await?;
        self.accounts.push((account, seq));
        Ok(())
    }

    async fn record_member(&mut self, view: &mut View<'_>, numbers: &mut Numbers, change: Change) -> Result<(), StoreError> {
        let Change::Member { conversation, person, role, joined_at, peer } = change else { return Ok(()) };
        let account = person.user;
        let Some(facts) = view.conversation(conversation).await? else {
            return Err(StoreError::Unreadable("conversation of a new member"));
        };
        facts.add_member(account);
        let kind = facts.kind;
        let row = MemberRow { person, role, joined_at, left_at: None };
        let seq = numbers.add(view, StreamId::Members(conversation), row).await?;
        let row = MembershipRow { conversation, kind, peer, joined_at, left_at: None };
        let membership_seq = numbers.add(view, StreamId::User(account), row).await?;
        self.members.push(NewMember { conversation, account, role, joined_at, seq, membership_seq });
        Ok(())
    }

    async fn record_message(&mut self, view: &mut View<'_>, numbers: &mut Numbers, change: Change) -> Result<(), StoreError> {
        let Change::Message { conversation, id, sender, body, at } = change else { return Ok(()) };
        let Some(facts) = view.conversation(conversation).await? else {
            return Err(StoreError::Unreadable("conversation of a new message"));
        };
        facts.last_pos += 1;
        let pos = facts.last_pos;
        let json = serde_json::to_string(&body).map_err(|_| StoreError::Unreadable("message body"))?;
        let row = MessageRow { id, pos, sender, body: Some(body), created_at: at, edited_at: None, revision: 0 };
        let seq = numbers.add(view, StreamId::Conversation(conversation), row.clone()).await?;
        self.messages.push(NewMessage { conversation, row, body: json, seq });
        Ok(())
    }

    fn moved(&mut self, stream: StreamId, seq: Seq, rows: Vec<Row>) -> StreamRows {
        let moved = self.moves.entry(stream).or_insert_with(|| StreamMove { prev: seq - 1, seq, rows: Vec::new() });
        moved.seq = seq;
        // Markers are the only rows that one batch can change twice; only their newest state travels.
        for row in &rows {
            if let RowData::ReadMarker(marker) = &row.data {
                moved.rows.retain(|old| !matches!(&old.data, RowData::ReadMarker(old) if old.conversation == marker.conversation));
            }
        }
        moved.rows.extend(rows.iter().cloned());
        StreamRows { stream, seq, rows }
    }

    /// Writes everything; the caller commits. `n` is the change log's newest entry before this batch.
    pub async fn write(&self, connection: &mut AnyConnection, n: u64) -> Result<u64, StoreError> {
        account::insert(connection, &self.accounts).await?;
        conversation::insert(connection, &self.conversations).await?;
        member::insert(connection, &self.members).await?;
        message::insert(connection, &self.messages).await?;
        let markers: Vec<MovedMarker> = self.markers.values().cloned().collect();
        read_marker::upsert(connection, &markers).await?;
        mutation::insert(connection, &self.mutations).await?;
        let heads: Vec<(StreamId, Seq)> = self.moves.iter().map(|(stream, moved)| (*stream, moved.seq)).collect();
        stream::set_heads(connection, &heads).await?;
        let entries: Vec<Entry> = heads.iter().zip(n + 1..).map(|((stream, head), n)| Entry { n, stream: *stream, head: *head }).collect();
        change_log::append(connection, &entries).await?;
        Ok(entries.last().map_or(n, |entry| entry.n))
    }

    /// What the fanout needs to know.
    pub async fn publish(self, view: &mut View<'_>, from: u64, upto: u64) -> Result<Committed, StoreError> {
        let mut moves = Vec::with_capacity(self.moves.len());
        for (stream, StreamMove { prev, seq, rows }) in self.moves {
            let audience = view.audience(stream).await?;
            moves.push(Move { stream, prev, seq, rows, audience });
        }
        Ok(Committed { from, upto, moves })
    }
}
