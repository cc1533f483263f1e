//! A server in a few lines: people, streams that commit rows, and the parts, tails and pages that a replica is given of them.

use hearth_protocol::{
    Pos, Seq,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, Epoch, MessageId, UserId},
    mutation::{Acked, Mutation, Outcome, Part},
    mutations::{CreateDirect, Intent, MarkRead, MarkUnread, SendMessage},
    profile::Privacy,
    role::{Permissions, Role},
    row::Row,
    rows::{AccountRow, ConversationKind, ConversationRow, MembershipRow, MessageRow, Person, ReactionRow, ReadMarkerRow, RowData},
    stream::StreamId,
    sync::{Head, HeadsResponse, HistoryPage, Unread},
};
use hearth_replica::{Apply, History, Item, Key, LocalTime, Query, Replica, SearchOrder, SearchRows, Tail, TimelineRows};
use std::collections::BTreeMap;
use tempfile::TempDir;

pub const KEY: [u8; 32] = [7; 32];

/// A replica in a temporary folder.
pub struct Local {
    pub folder: TempDir,
    pub replica: Replica,
}

impl Local {
    /// Searches for what was typed at the beginning of 1970, in UTC, newest first.
    pub async fn search(&self, typed: &str, after: Option<&str>, limit: u32) -> hearth_replica::Result<SearchRows> {
        self.replica.search(&typed_now(typed), SearchOrder::Newest, after, limit).await
    }
}

pub fn typed_now(typed: &str) -> Query {
    Query::parse(typed, &LocalTime::utc(0))
}

impl std::ops::Deref for Local {
    type Target = Replica;
    fn deref(&self) -> &Replica {
        &self.replica
    }
}

pub async fn local() -> Local {
    let folder = tempfile::tempdir().unwrap();
    let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes(KEY)).await.unwrap();
    Local { folder, replica }
}

/// Alice's replica that has her user stream and a direct conversation with Bob, empty and complete.
pub async fn ready() -> (Local, Server) {
    let (local, server) = (local().await, Server::new());
    local.apply(server.everything()).await.unwrap();
    (local, server)
}

pub fn person(name: &str) -> Person {
    Person { user: UserId::new(), username: name.to_lowercase(), first_name: name.into(), last_name: "Example".into() }
}

/// A stream as the server has it: rows at their newest.
#[derive(Clone)]
pub struct Stream {
    pub id: StreamId,
    pub epoch: Epoch,
    pub vis_ver: u64,
    pub head: Seq,
    pub rows: BTreeMap<(String, String), Row>,
    pub last_pos: Pos,
}

impl Stream {
    pub fn new(id: StreamId, epoch: Epoch) -> Self {
        Self { id, epoch, vis_ver: 1, head: 0, rows: BTreeMap::new(), last_pos: 0 }
    }

    /// Commits one row; returns the frame.
    pub fn commit(&mut self, data: impl Into<RowData>) -> Part {
        self.head += 1;
        let row = Row::new(self.head, data);
        let key = row.data.key();
        self.rows.insert((key.kind, key.id), row.clone());
        self.part_of(self.head - 1, self.head, vec![row])
    }

    fn part_of(&self, prev: Seq, seq: Seq, rows: Vec<Row>) -> Part {
        Part { stream: self.id, epoch: self.epoch, vis_ver: self.vis_ver, prev, seq, rows }
    }

    /// What a pull of `(prev, seq]` gives now.
    pub fn part(&self, prev: Seq, seq: Seq) -> Part {
        let rows = self.rows.values().filter(|row| prev < row.seq && row.seq <= seq).cloned().collect();
        self.part_of(prev, seq, rows)
    }

    pub fn say(&mut self, sender: UserId, text: &str) -> Part {
        self.say_as(MessageId::new(), sender, text)
    }

    pub fn say_as(&mut self, id: MessageId, sender: UserId, text: &str) -> Part {
        self.answer_as(id, sender, text, None)
    }

    /// The same as an answer to another message.
    pub fn answer_as(&mut self, id: MessageId, sender: UserId, text: &str, reply_to: Option<MessageId>) -> Part {
        self.last_pos += 1;
        let created_at = 1_000_000 + i64::try_from(self.last_pos).unwrap() * 1_000;
        let (pos, body) = (self.last_pos, Some(Body::text(text)));
        self.commit(MessageRow {
            id,
            pos,
            sender,
            body,
            created_at,
            edited_at: None,
            revision: 0,
            reply_to,
            forwarded: false,
            thread_root: None,
            in_conversation: false,
        })
    }

    /// Somebody says something in the thread of another message, where the conversation sees it too or not.
    pub fn say_in_thread(&mut self, sender: UserId, root: MessageId, text: &str, in_conversation: bool) -> Part {
        self.last_pos += 1;
        let created_at = 1_000_000 + i64::try_from(self.last_pos).unwrap() * 1_000;
        self.commit(MessageRow {
            id: MessageId::new(),
            pos: self.last_pos,
            sender,
            body: Some(Body::text(text)),
            created_at,
            edited_at: None,
            revision: 0,
            reply_to: None,
            forwarded: false,
            thread_root: Some(root),
            in_conversation,
        })
    }

    pub fn message(&self, pos: Pos) -> MessageRow {
        self.messages().find(|row| row.pos == pos).unwrap().clone()
    }

    fn messages(&self) -> impl Iterator<Item = &MessageRow> {
        self.rows.values().filter_map(|row| if let RowData::Message(row) = &row.data { Some(row) } else { None })
    }

    pub fn edit(&mut self, pos: Pos, text: &str) -> Part {
        let row = self.message(pos);
        self.commit(MessageRow { body: Some(Body::text(text)), edited_at: Some(row.created_at + 1), revision: row.revision + 1, ..row })
    }

    pub fn delete(&mut self, pos: Pos) -> Part {
        let row = self.message(pos);
        self.commit(MessageRow { body: None, reply_to: None, forwarded: false, ..row })
    }

    /// Somebody puts an emoji on a message, or takes it back.
    pub fn react(&mut self, pos: Pos, user: UserId, emoji: &str, on: bool) -> Part {
        let message = self.message(pos).id;
        let at = on.then(|| 2_000_000 + i64::try_from(self.head).unwrap());
        self.commit(ReactionRow { message, pos, user, emoji: emoji.into(), at })
    }

    /// The first copy: everything but messages and what is fetched with them, and the newest so many of these.
    pub fn tail(&self, newest: u64) -> Tail {
        let from_pos = (self.last_pos + 1).saturating_sub(newest).max(1);
        let keep = |row: &&Row| place_among_messages(row).is_none_or(|pos| from_pos <= pos);
        Tail { part: self.part_of(0, self.head, self.rows.values().filter(keep).cloned().collect()), from_pos }
    }

    pub fn history(&self, before_pos: Pos, limit: u64) -> History {
        let from_pos = before_pos.saturating_sub(limit).max(1);
        let inside = |row: &&Row| place_among_messages(row).is_some_and(|pos| from_pos <= pos && pos < before_pos);
        let rows = self.rows.values().filter(inside).cloned().collect();
        let page = HistoryPage { epoch: self.epoch, vis_ver: self.vis_ver, as_of: self.head, from_pos, rows };
        let StreamId::Conversation(conversation) = self.id else { panic!("history of {}", self.id) };
        History { conversation, before_pos, page }
    }

    pub fn head_of(&self) -> Head {
        Head {
            stream: self.id,
            head: self.head,
            floor: 0,
            vis_ver: self.vis_ver,
            group: None,
            members_head: None,
            receipts_head: None,
            unread: None,
            last_message: None,
        }
    }

    /// The head with the count and the last message, as full heads carry them.
    pub fn full_head(&self, unread: u32) -> Head {
        let last = self.rows.values().filter(|row| matches!(row.data, RowData::Message(_)));
        let pos = |row: &&Row| if let RowData::Message(message) = &row.data { message.pos } else { 0 };
        let unread = Some(Unread { count: unread, mentions: 0, as_of_seq: self.head });
        Head { unread, last_message: last.max_by_key(pos).cloned(), ..self.head_of() }
    }
}

/// Of kinds that come page by page; all others come with the first copy.
fn place_among_messages(row: &Row) -> Option<Pos> {
    match &row.data {
        RowData::Message(message) => Some(message.pos),
        RowData::Reaction(reaction) => Some(reaction.pos),
        _ => None,
    }
}

pub struct Server {
    pub epoch: Epoch,
    pub alice: Person,
    pub bob: Person,
    pub user: Stream,
    /// Alice and Bob.
    pub direct: Stream,
}

impl Server {
    pub fn new() -> Self {
        let (alice, bob, epoch) = (person("Alice"), person("Bob"), Epoch::new());
        let conversation = ConversationId::direct(alice.user, bob.user);
        let mut user = Stream::new(StreamId::User(alice.user), epoch);
        user.commit(account(&alice));
        user.commit(membership(conversation, Some(&bob)));
        let mut direct = Stream::new(StreamId::Conversation(conversation), epoch);
        direct.commit(conversation_row(conversation, ConversationKind::Direct, ""));
        Self { epoch, alice, bob, user, direct }
    }

    pub fn conversation(&self) -> ConversationId {
        let StreamId::Conversation(id) = self.direct.id else { unreachable!() };
        id
    }

    /// The user stream and the whole conversation, as tails.
    pub fn everything(&self) -> Apply {
        Apply { tails: vec![self.user.tail(0), self.direct.tail(u64::MAX)], ..Apply::default() }
    }

    pub fn heads(&self, heads: Vec<Head>, full: bool) -> Apply {
        Apply { heads: Some(HeadsResponse { epoch: self.epoch, watermark: [(0, 1)].into(), full, heads }), ..Apply::default() }
    }

    /// Commits `count` messages of Bob, "message 1" on.
    pub fn bob_says(&mut self, count: u64) -> Vec<Part> {
        (0..count)
            .map(|_| {
                let text = format!("message {}", self.direct.last_pos + 1);
                self.direct.say(self.bob.user, &text)
            })
            .collect()
    }

    pub fn read_to(&mut self, pos: Pos) -> Part {
        let conversation = self.conversation();
        self.user.commit(ReadMarkerRow { conversation, pos, at: 5 })
    }

    /// A group that Alice is in; its membership row is in the returned part.
    pub fn group(&mut self, name: &str) -> (Stream, Part) {
        let id = ConversationId::new();
        let part = self.user.commit(MembershipRow { kind: ConversationKind::Group, ..membership(id, None) });
        let mut stream = Stream::new(StreamId::Conversation(id), self.epoch);
        stream.commit(conversation_row(id, ConversationKind::Group, name));
        (stream, part)
    }

    pub fn send(&self, text: &str) -> Mutation {
        mutation(Intent::SendMessage(SendMessage::new(self.conversation(), Body::text(text))))
    }

    pub fn mark(&self, pos: Pos) -> Mutation {
        mutation(Intent::MarkRead(MarkRead { conversation: self.conversation(), pos }))
    }

    pub fn mark_unread(&self, from: Pos) -> Mutation {
        mutation(Intent::MarkUnread(MarkUnread { conversation: self.conversation(), from }))
    }

    pub fn start_direct(&self, peer: UserId) -> Mutation {
        mutation(Intent::CreateDirect(CreateDirect { conversation: ConversationId::direct(self.alice.user, peer), peer }))
    }
}

pub fn mutation(intent: Intent) -> Mutation {
    Mutation::new(MessageId::new(), intent)
}

pub fn account(person: &Person) -> AccountRow {
    AccountRow {
        user: person.user,
        username: person.username.clone(),
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
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
        privacy: Privacy::default(),
        email: None,
        two_step_at: None,
    }
}

pub fn membership(conversation: ConversationId, peer: Option<&Person>) -> MembershipRow {
    MembershipRow {
        conversation,
        kind: ConversationKind::Direct,
        group: None,
        peer: peer.cloned(),
        joined_at: 2,
        left_at: None,
        gone: false,
        gone_name: String::new(),
        vis_ver: 1,
    }
}

pub fn conversation_row(id: ConversationId, kind: ConversationKind, name: &str) -> ConversationRow {
    ConversationRow {
        id,
        kind,
        name: name.into(),
        topic: String::new(),
        shared_history: true,
        group: None,
        private: false,
        picture: None,
        created_at: 3,
        created_by: None,
    }
}

/// The server's answer to one mutation.
pub fn answer(id: MessageId, outcome: Outcome) -> Apply {
    Apply { acked: vec![Acked { id, outcome }], ..Apply::default() }
}

pub fn refusal(id: MessageId, code: ErrorCode) -> Apply {
    answer(id, Outcome::Refused(ApiError::new(code, "No.")))
}

pub fn parts(parts: Vec<Part>) -> Apply {
    Apply { parts, ..Apply::default() }
}

/// What a window shows: texts, `*` before those that are only in the outbox, `-` for tombstones.
pub fn texts(rows: &TimelineRows) -> Vec<String> {
    let text = |body: &Body| body.searchable().unwrap_or("?").to_owned();
    rows.messages
        .iter()
        .map(|message| match &message.item {
            Item::Row(row) => row.body.as_ref().map_or("-".into(), text),
            Item::Outbox(entry) => match &entry.intent {
                Intent::SendMessage(message) => format!("*{}", text(&message.body)),
                other => format!("*{}", other.name()),
            },
        })
        .collect()
}

/// Places of a window's rows.
pub fn places(rows: &TimelineRows) -> Vec<Pos> {
    rows.messages.iter().filter_map(|message| if let Item::Row(row) = &message.item { Some(row.pos) } else { None }).collect()
}
