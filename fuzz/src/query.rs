//! Search over a small replica: no query is an error, and what is found is shown around its words.

use hearth_protocol::{
    body::Body,
    ids::{ConversationId, Epoch, MessageId, UserId},
    mutation::Part,
    row::Row,
    rows::{ConversationKind, MembershipRow, MessageRow},
    stream::StreamId,
    sync::{Head, HeadsResponse},
};
use hearth_replica::{Apply, Key, LocalTime, Query, Replica, SearchOrder, Tail};
use std::cell::RefCell;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What is there to be found: scripts, marks, joined letters, and the characters that mean something to a search engine.
const TEXTS: &[&str] = &[
    "The ferry leaves at ten, doesn't it?",
    "Grüße aus Zürich — naïve café, ﬁne",
    "明日の会議は東京駅で",
    "اجتماع الغد في المحطة",
    "👩‍👩‍👧 e\u{301}te\u{301} \u{202e}reversed\u{202c}",
    "AND OR NOT NEAR(a b) \"quoted\" col:term ^x * -y {z}",
    "from:me in:here before:2026-01-31 see https://example.org/a",
];

/// When it is asked: a second after all of it was said.
const NOW: i64 = 2_000;

/// Search's replica, one a thread.
struct Library {
    runtime: Runtime,
    replica: Replica,
    _folder: TempDir,
}

thread_local! {
    static LIBRARY: RefCell<Option<Library>> = const { RefCell::new(None) };
}

/// Queries, followed from page to page.
pub fn query(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    LIBRARY.with_borrow_mut(|library| library.get_or_insert_with(Library::open).look(text));
}

/// Closes this thread's replica. A program that ends while one is closing by itself may crash in the cipher's library, which ends too.
pub fn close() {
    if let Some(Library { runtime, replica, .. }) = LIBRARY.take() {
        runtime.block_on(replica.close());
    }
}

impl Library {
    fn open() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let replica = runtime.block_on(async {
            let replica = Replica::open(&folder.path().join("replica.db"), &Key::from_bytes([7; 32])).await.expect("a new replica opens");
            replica.apply(everything()).await.expect("a tail applies");
            replica
        });
        Self { runtime, replica, _folder: folder }
    }

    fn look(&self, text: &str) {
        let query = Query::parse(text, &LocalTime::utc(NOW));
        let mut end = 0;
        for part in &query.parts {
            assert!(end <= part.place.start && part.place.start < part.place.end, "a part without a place of its own");
            assert!(text.get(part.place.clone()).is_some(), "a part that begins or ends inside a character");
            end = part.place.end;
        }
        for order in [SearchOrder::Newest, SearchOrder::Best] {
            self.leaf_through(&query, order);
        }
        let the = Query::parse("the", &LocalTime::utc(NOW));
        self.runtime.block_on(self.replica.search(&the, SearchOrder::Best, Some(text), 2)).expect("no place to go on from is an error");
        self.runtime.block_on(self.replica.find_conversations(text, 5)).expect("no name is an error");
        self.runtime.block_on(self.replica.find_topics(text, 5)).expect("no topic is an error");
        self.runtime.block_on(self.replica.people(text, 5)).expect("no name is an error");
        for caret in [text.len() / 2, text.len()] {
            let suggested = self.runtime.block_on(self.replica.suggest(text, caret)).expect("no place of the caret is an error");
            assert!(suggested.items.is_empty() || text.get(suggested.place).is_some(), "what cannot be replaced");
        }
    }

    fn leaf_through(&self, query: &Query, order: SearchOrder) {
        let mut after: Option<String> = None;
        let mut pages = 0;
        loop {
            let found = self.runtime.block_on(self.replica.search(query, order, after.as_deref(), 2)).expect("no query is an error");
            assert!(found.hits.len() <= 2);
            assert_eq!(found.parts.len(), query.parts.len());
            for hit in &found.hits {
                let shown: String = hit.snippet.iter().map(|part| part.text.as_str()).collect();
                assert!(!shown.is_empty(), "a hit without words");
            }
            after = found.next;
            pages += 1;
            assert!(pages <= TEXTS.len(), "the pages never end");
            if after.is_none() {
                break;
            }
        }
    }
}

fn everything() -> Apply {
    let (epoch, me, conversation) = (Epoch::new(), UserId::new(), ConversationId::new());
    let membership = MembershipRow {
        conversation,
        kind: ConversationKind::Group,
        group: None,
        peer: None,
        joined_at: 1,
        left_at: None,
        gone: false,
        gone_name: String::new(),
        vis_ver: 1,
    };
    let part = |stream, rows: Vec<Row>| Part { stream, epoch, vis_ver: 1, prev: 0, seq: rows.len() as u64, rows };
    let messages = TEXTS.iter().zip(1..).map(|(text, pos)| {
        let (id, body) = (MessageId::new(), Some(Body::text(*text)));
        Row::new(
            pos,
            MessageRow {
                id,
                pos,
                sender: me,
                body,
                created_at: 1_000,
                edited_at: None,
                revision: 0,
                reply_to: None,
                forwarded: false,
                thread_root: None,
                in_conversation: false,
            },
        )
    });
    let tails = [part(StreamId::User(me), vec![Row::new(1, membership)]), part(StreamId::Conversation(conversation), messages.collect())];
    let head = |part: &Part| Head {
        stream: part.stream,
        head: part.seq,
        floor: 0,
        vis_ver: 1,
        group: None,
        members_head: None,
        receipts_head: None,
        unread: None,
        last_message: None,
    };
    Apply {
        heads: Some(HeadsResponse { epoch, watermark: [(0, 1)].into(), full: true, heads: tails.iter().map(head).collect() }),
        tails: tails.into_iter().map(|part| Tail { part, from_pos: 1 }).collect(),
        ..Apply::default()
    }
}
