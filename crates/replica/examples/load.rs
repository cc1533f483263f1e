//! Loads messages by batches of a thousand and times what a person waits for:
//! `cargo run --release -p hearth-replica --example load -- 100000 [conversations]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use hearth_protocol::{
    body::Body,
    ids::{ConversationId, Epoch, MessageId, UserId},
    mutation::Part,
    row::Row,
    rows::{AccountRow, ConversationKind, MembershipRow, MessageRow, Person, Role},
    stream::StreamId,
};
use hearth_replica::{Apply, At, Filter, Key, Replica, Tail};
use std::{future::Future, time::Instant};

const WORDS: [&str; 24] = [
    "coffee", "tomorrow", "the", "and", "meeting", "project", "when", "are", "you", "coming", "home", "with", "dinner", "train", "late",
    "sorry", "thanks", "great", "see", "there", "maybe", "weather", "mountain", "東京",
];

struct Load {
    epoch: Epoch,
    me: UserId,
    people: Vec<Person>,
    conversations: Vec<ConversationId>,
    dice: u64,
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<u64>().unwrap());
    let (messages, conversations) = (args.next().unwrap_or(100_000), args.next().unwrap_or(200));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let key = Key::from_bytes([3; 32]);
    let replica = timed("create", Replica::open(&path, &key)).await.unwrap();
    let mut load = Load::new(conversations);
    timed("memberships", replica.apply(load.memberships())).await.unwrap();
    let (mut seconds, mut done) = (0.0, 0);
    while done < messages {
        let batch = load.batch(done, 1_000.min(messages - done));
        let started = Instant::now();
        replica.apply(batch).await.unwrap();
        seconds += started.elapsed().as_secs_f64();
        done += 1_000;
    }
    println!("{messages} messages in {conversations} conversations: {seconds:.2} s, {:.0} rows/s", messages as f64 / seconds);
    timed("close", replica.close()).await;
    println!("file: {:.1} MB", std::fs::metadata(&path).unwrap().len() as f64 / 1e6);
    look(&path, &key, &load).await;
}

/// What a start and a search cost.
async fn look(path: &std::path::Path, key: &Key, load: &Load) {
    let replica = timed("open", Replica::open(path, key)).await.unwrap();
    let list = timed("list of 200", replica.conversations(Filter::All, 200)).await.unwrap();
    timed("first page", replica.timeline(list[0].id, At::Unread, 60)).await.unwrap();
    timed("first page again", replica.timeline(list[0].id, At::Unread, 60)).await.unwrap();
    let all = timed("whole list", replica.conversations(Filter::All, u32::MAX)).await.unwrap();
    println!("lines: {} of {}", all.len(), load.conversations.len());
    for query in ["coffee", "c", "\"coffee tomorrow\"", "weather mount", "東京", "absent"] {
        let found = timed(&format!("search {query}"), replica.search(query, None, 50)).await.unwrap();
        println!("  {} hits of {}", found.hits.len(), found.searched);
    }
    timed("status", async { (replica.backfill_progress().await.unwrap(), replica.total_unread().await.unwrap()) }).await;
    timed("wants", replica.wants(None, 200, 50)).await.unwrap();
    replica.close().await;
}

async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let done = work.await;
    println!("{what}: {:.2} ms", started.elapsed().as_secs_f64() * 1e3);
    done
}

impl Load {
    fn new(conversations: u64) -> Self {
        let people: Vec<Person> = (0..50)
            .map(|at| Person {
                user: UserId::new(),
                username: format!("p{at}"),
                first_name: format!("Person{at}"),
                last_name: "Load".into(),
            })
            .collect();
        let conversations = (0..conversations).map(|_| ConversationId::new()).collect();
        Self { epoch: Epoch::new(), me: UserId::new(), people, conversations, dice: 1 }
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.dice >> 33) as usize % sides
    }

    fn part(&self, stream: StreamId, prev: u64, rows: Vec<Row>) -> Part {
        Part { stream, epoch: self.epoch, vis_ver: 1, prev, seq: rows.last().map_or(prev, |row| row.seq), rows }
    }

    fn memberships(&self) -> Apply {
        let account = AccountRow {
            user: self.me,
            username: "me".into(),
            first_name: "Me".into(),
            last_name: String::new(),
            role: Role::Member,
            created_at: 1,
            read_receipts: true,
        };
        let mut rows = vec![Row::new(1, account)];
        for (at, conversation) in self.conversations.iter().enumerate() {
            let peer = self.people.get(at % self.people.len()).cloned();
            let row = MembershipRow {
                conversation: *conversation,
                kind: ConversationKind::Direct,
                peer,
                joined_at: 1,
                left_at: None,
                vis_ver: 1,
            };
            rows.push(Row::new(at as u64 + 2, row));
        }
        Apply { tails: vec![Tail { part: self.part(StreamId::User(self.me), 0, rows), from_pos: 1 }], ..Apply::default() }
    }

    /// The next messages, round and round the conversations in runs.
    fn batch(&mut self, done: u64, count: u64) -> Apply {
        let each = 50;
        let mut parts = vec![];
        for run in 0..count.div_ceil(each) {
            let run_no = done / each + run;
            let at = (run_no % self.conversations.len() as u64) as usize;
            let round = run_no / self.conversations.len() as u64;
            let first = round * each + 1;
            let rows = (first..first + each).map(|pos| self.message(run_no * each + pos, pos)).collect();
            parts.push(self.part(StreamId::Conversation(self.conversations[at]), first - 1, rows));
        }
        Apply { parts, ..Apply::default() }
    }

    fn message(&mut self, time: u64, pos: u64) -> Row {
        let mut text = String::new();
        for _ in 0..6 + self.roll(10) {
            let word = WORDS[self.roll(WORDS.len())];
            text.push_str(word);
            text.push_str(&self.roll(5_000).to_string().repeat(usize::from(self.roll(3) == 0)));
            text.push(' ');
        }
        let sender = self.roll(50);
        let sender = self.people[sender].user;
        let created_at = 1_700_000_000_000 + time as i64 * 1_000;
        Row::new(
            pos,
            MessageRow { id: MessageId::new(), pos, sender, body: Some(Body::text(text)), created_at, edited_at: None, revision: 0 },
        )
    }
}
