//! A person's replica with many messages, filled as the network would fill it.

use crate::{Bench, corpus::text, process};
use anyhow::Result;
use fastrand::Rng;
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, Epoch, MutationId, UserId},
    mutation::Part,
    role::{Permissions, Role},
    row::Row,
    rows::{AccountRow, ConversationKind, MembershipRow, MessageRow, Person, StarRow},
    stream::StreamId,
};
use hearth_replica::{Apply, Key, Replica, Tail};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use uuid::Uuid;

/// Rows that a pull brings.
const ROWS_PER_APPLY: usize = 1_000;
/// Messages in a row of the same conversation.
const ROWS_PER_PART: usize = 50;
const TEXT_BYTES: usize = 100;
/// One of so many messages has a link in it, and one of so many a star.
const LINK_EVERY: usize = 2_000;
const STAR_EVERY: usize = 5_000;
/// One of so many messages ends with words of another script.
const SCRIPT_EVERY: usize = 10;
/// As people write in scripts of every kind: with capitals and without, from right to left, of syllables, with marks, without spaces.
pub const SCRIPTS: [&str; 8] = [
    "завтра поедем домой",
    "καλημέρα σε όλους",
    "مساء الخير يا صديقي",
    "कल मिलते हैं",
    "안녕하세요 내일 봐요",
    "พรุ่งนี้เจอกันนะ",
    "明天在咖啡馆见面",
    "おはようございます",
];
/// When the first message was written, in ms since 1970.
pub const BEGAN_AT: i64 = 1_700_000_000_000;

/// The replica's file, closed, and what filling it took.
pub struct Library {
    folder: TempDir,
    pub filling: Filling,
}

pub struct Filling {
    pub messages: usize,
    pub took: Duration,
    /// CPU seconds of this process.
    pub cpu_s: Option<f64>,
}

impl Library {
    pub async fn build(bench: &Bench) -> Result<Self> {
        let messages = bench.scale.of(2_000, 100_000, 1_000_000);
        Self::fill(bench, messages, bench.scale.of(20, 200, 2_000)).await
    }

    pub async fn fill(bench: &Bench, messages: usize, conversations: usize) -> Result<Self> {
        let folder = bench.folder()?;
        let replica = Replica::open(&folder.path().join("replica.db"), &key()).await?;
        let mut author = Author::new(conversations, stranger(), Epoch::new());
        let filling = author.fills(&replica, messages).await?;
        replica.close().await;
        Ok(Self { folder, filling })
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("replica.db")
    }

    pub async fn open(&self) -> Result<Replica> {
        Ok(Replica::open(&self.path(), &key()).await?)
    }
}

/// Somebody's new replica with as much in it, all of it read: what they find when they open the app.
#[cfg(target_os = "linux")]
pub async fn fill_for(
    me: AccountRow,
    epoch: Epoch,
    path: &std::path::Path,
    key: &Key,
    messages: usize,
    conversations: usize,
) -> Result<()> {
    let replica = Replica::open(path, key).await?;
    let mut author = Author::new(conversations, me, epoch);
    author.fills(&replica, messages).await?;
    replica.apply(author.reads(messages)).await?;
    replica.close().await;
    Ok(())
}

impl Filling {
    pub fn rows_s(&self) -> f64 {
        self.messages as f64 / self.took.as_secs_f64()
    }
}

pub fn key() -> Key {
    Key::from_bytes([3; 32])
}

/// Whose replica it is where nobody needs to be.
fn stranger() -> AccountRow {
    AccountRow {
        user: UserId::new(),
        username: "me".into(),
        first_name: "Me".into(),
        last_name: String::new(),
        role: Role::Member,
        role_name: None,
        permissions: Permissions::NONE,
        role_waits: None,
        deactivated: None,
        created_at: 1,
        read_receipts: true,
        status: None,
        about: String::new(),
        picture: None,
        privacy: hearth_protocol::profile::Privacy::default(),
        email: None,
        two_step_at: None,
    }
}

/// Whoever wrote it all: the rows of a made-up server.
struct Author {
    epoch: Epoch,
    me: AccountRow,
    people: Vec<Person>,
    conversations: Vec<ConversationId>,
    starred: Vec<StarRow>,
    dice: Rng,
}

impl Author {
    fn new(conversations: usize, me: AccountRow, epoch: Epoch) -> Self {
        let person =
            |at| Person { user: UserId::new(), username: format!("p{at}"), first_name: format!("Person{at}"), last_name: "B".into() };
        Self {
            epoch,
            me,
            people: (0..50).map(person).collect(),
            conversations: (0..conversations).map(|_| ConversationId::new()).collect(),
            starred: vec![],
            dice: Rng::with_seed(3),
        }
    }

    /// Writes everything into a new replica.
    async fn fills(&mut self, replica: &Replica, messages: usize) -> Result<Filling> {
        replica.apply(self.memberships()).await?;
        let mut filling = Filling { messages, took: Duration::ZERO, cpu_s: None };
        let mut cpu = 0.0;
        let own = std::process::id();
        for first in (0..messages).step_by(ROWS_PER_APPLY) {
            let batch = self.writes(first, ROWS_PER_APPLY.min(messages - first));
            let (started, before) = (Instant::now(), process::cpu_s(own));
            replica.apply(batch).await?;
            filling.took += started.elapsed();
            cpu += process::spent(before, process::cpu_s(own)).unwrap_or_default();
        }
        replica.apply(self.stars()).await?;
        filling.cpu_s = Some(cpu);
        Ok(filling)
    }

    fn part(&self, stream: StreamId, prev: u64, rows: Vec<Row>) -> Part {
        Part { stream, epoch: self.epoch, vis_ver: 1, prev, seq: rows.last().map_or(prev, |row| row.seq), rows }
    }

    fn memberships(&self) -> Apply {
        let membership = |(at, conversation): (usize, &ConversationId)| {
            let peer = self.people.get(at % self.people.len()).cloned();
            let row = MembershipRow {
                conversation: *conversation,
                kind: ConversationKind::Direct,
                group: None,
                peer,
                joined_at: 1,
                left_at: None,
                gone: false,
                gone_name: String::new(),
                vis_ver: 1,
            };
            Row::new(at as u64 + 2, row)
        };
        let mut rows = vec![Row::new(1, self.me.clone())];
        rows.extend(self.conversations.iter().enumerate().map(membership));
        Apply { tails: vec![Tail { part: self.part(StreamId::User(self.me.user), 0, rows), from_pos: 1 }], ..Apply::default() }
    }

    /// The next messages, round and round the conversations.
    fn writes(&mut self, done: usize, count: usize) -> Apply {
        let mut parts = vec![];
        for run in done / ROWS_PER_PART..(done + count).div_ceil(ROWS_PER_PART) {
            let (round, at) = (run / self.conversations.len(), run % self.conversations.len());
            let Some(conversation) = self.conversations.get(at).copied() else { continue };
            let first = round * ROWS_PER_PART + 1;
            let rows = (0..ROWS_PER_PART).map(|n| self.message(conversation, run * ROWS_PER_PART + n, (first + n) as u64)).collect();
            parts.push(self.part(StreamId::Conversation(conversation), first as u64 - 1, rows));
        }
        Apply { parts, ..Apply::default() }
    }

    /// What I have starred of it all.
    fn stars(&self) -> Apply {
        let known = self.conversations.len() as u64 + 1;
        let rows = self.starred.iter().zip(known + 1..).map(|(star, seq)| Row::new(seq, star.clone())).collect();
        Apply { parts: vec![self.part(StreamId::User(self.me.user), known, rows)], ..Apply::default() }
    }

    /// Everything has been read, to the last message of each conversation; told after the stars.
    #[cfg(target_os = "linux")]
    fn reads(&self, messages: usize) -> Apply {
        let known = (self.conversations.len() + 1 + self.starred.len()) as u64;
        let runs = messages.div_ceil(ROWS_PER_PART);
        let read = |(at, conversation): (usize, &ConversationId)| {
            let rounds = runs.saturating_sub(at).div_ceil(self.conversations.len());
            let row =
                hearth_protocol::rows::ReadMarkerRow { conversation: *conversation, pos: (rounds * ROWS_PER_PART) as u64, at: BEGAN_AT };
            Row::new(known + 1 + at as u64, row)
        };
        let rows = self.conversations.iter().enumerate().map(read).collect();
        Apply { parts: vec![self.part(StreamId::User(self.me.user), known, rows)], ..Apply::default() }
    }

    fn message(&mut self, conversation: ConversationId, n: usize, pos: u64) -> Row {
        let sender = self.dice.usize(..self.people.len());
        let created_at = BEGAN_AT + n as i64 * 1_000;
        // Its id is of its time, as those that clients make are.
        let random = (self.dice.usize(..1 << 30) as u128) << 31 | self.dice.usize(..1 << 30) as u128;
        let id = MutationId(Uuid::from_u128((created_at as u128) << 80 | 7 << 76 | 0b10 << 62 | random & ((1 << 62) - 1)));
        let mut said = text(&mut self.dice, TEXT_BYTES);
        if n.is_multiple_of(SCRIPT_EVERY) {
            said.push(' ');
            said.push_str(SCRIPTS.get(n / SCRIPT_EVERY % SCRIPTS.len()).copied().unwrap_or_default());
        }
        if n.is_multiple_of(LINK_EVERY) {
            said.push_str(" https://example.org/");
        }
        if n.is_multiple_of(STAR_EVERY) {
            self.starred.push(StarRow { id, conversation, pos, at: created_at, ended_at: None });
        }
        let row = MessageRow {
            id,
            pos,
            sender: self.people.get(sender).map_or(self.me.user, |person| person.user),
            body: Some(Body::text(said)),
            created_at,
            edited_at: None,
            revision: 0,
            reply_to: None,
            forwarded: false,
            thread_root: None,
            in_conversation: false,
        };
        Row::new(pos, row)
    }
}
