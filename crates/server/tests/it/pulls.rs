//! Pulls and history: however small the pages, together they are the whole.

use crate::{
    host::{Database, Host, database_of},
    person::{Person, messages},
};
use hearth_protocol::{
    digest::{DigestsRequest, DigestsResponse, Entry, Segment, SegmentDigest, digest},
    error::ErrorCode,
    ids::{ConversationId, Epoch},
    row::Row,
    rows::RowData,
    stream::StreamId,
    sync::{From, Page, Want},
};

on_both_databases!(
    pages_of_every_size_are_one_pull,
    wants_that_found_no_room_are_asked_again,
    tail_and_history_cover_the_conversation_once,
    what_cannot_be_read_fails_its_own_stream_alone,
    a_cursor_that_cannot_be_is_reset,
    another_epoch_is_told_so,
    digests_are_of_what_the_viewer_sees,
);

const MESSAGES: u64 = 9;

/// Two people and a short conversation in which both wrote and read.
async fn conversation(host: &Host) -> (Person, Person, ConversationId) {
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for number in 1..=MESSAGES {
        let writer = if number % 3 == 0 { &bob } else { &alice };
        let sent = writer.send(conversation, &format!("message {number}")).await;
        bob.mark_read(conversation, sent.pos).await;
    }
    (alice, bob, conversation)
}

fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| (row.seq, row.data.key()));
    rows
}

async fn pages_of_every_size_are_one_pull(database: Database) {
    let host = Host::start(database).await;
    let (_, bob, conversation) = conversation(&host).await;
    for stream in [StreamId::User(bob.user), StreamId::Conversation(conversation), StreamId::Members(conversation)] {
        let (whole, head) = bob.changes(stream, 0, 1_000).await;
        assert_eq!((whole.prev, whole.seq), (0, head));
        assert!(!whole.rows.is_empty());
        let whole = in_order(whole.rows);
        for limit in 1..=whole.len() as u32 + 1 {
            let (mut cursor, mut rows) = (0, Vec::new());
            while cursor < head {
                let (part, now) = bob.changes(stream, cursor, limit).await;
                assert_eq!((part.prev, now), (cursor, head));
                assert!(part.seq > cursor, "{stream} makes no progress at {cursor}");
                assert!(part.rows.iter().all(|row| row.seq > part.prev && row.seq <= part.seq));
                cursor = part.seq;
                rows.extend(part.rows);
            }
            assert_eq!(in_order(rows), whole, "{stream} in pages of {limit}");
        }
    }
}

async fn wants_that_found_no_room_are_asked_again(database: Database) {
    let host = Host::start(database).await;
    let (_, bob, conversation) = conversation(&host).await;
    let streams = [StreamId::User(bob.user), StreamId::Conversation(conversation), StreamId::Members(conversation)];
    let wants: Vec<Want> = streams.map(|stream| Want { stream, from: From::Cursor { seq: 0, vis_ver: 1 } }).to_vec();
    assert_eq!(bob.pull(wants.clone(), 1_000).await.unwrap().len(), 3);
    let few = bob.pull(wants, 1).await.unwrap();
    assert!(matches!(few.as_slice(), [Page::Changes { part, .. }] if part.stream == streams[0]), "{few:?}");
}

async fn what_cannot_be_read_fails_its_own_stream_alone(database: Database) {
    let host = Host::start(database).await;
    let (_, bob, conversation) = conversation(&host).await;
    let sql = "UPDATE message SET body = 'no body' WHERE conversation = $1 AND pos = 3";
    let mut beside = database_of(&host).await;
    sqlx::query(sql).bind(conversation.as_bytes().to_vec()).execute(&mut beside).await.unwrap();
    let streams = [StreamId::User(bob.user), StreamId::Conversation(conversation), StreamId::Members(conversation)];
    for from in [From::Cursor { seq: 0, vis_ver: 1 }, From::Tail { messages: 50 }] {
        let pages = bob.pull(streams.map(|stream| Want { stream, from }).to_vec(), 1_000).await.unwrap();
        let [before, Page::Failed { stream, error }, after] = pages.as_slice() else { panic!("{pages:?}") };
        assert_eq!((*stream, error.code), (streams[1], ErrorCode::Internal));
        assert!(error.retry_after_ms.is_some());
        for (page, stream) in [(before, streams[0]), (after, streams[2])] {
            assert!(matches!(page, Page::Changes { part, .. } | Page::Tail { part, .. } if part.stream == stream), "{page:?}");
        }
    }
    // What is above it can be read.
    assert!(matches!(bob.page(streams[1], From::Tail { messages: 2 }, 1_000).await, Page::Tail { .. }));
}

async fn tail_and_history_cover_the_conversation_once(database: Database) {
    let host = Host::start(database).await;
    let (alice, _, conversation) = conversation(&host).await;
    let stream = StreamId::Conversation(conversation);
    let all = alice.messages(conversation).await;
    assert_eq!(all.len() as u64, MESSAGES);
    for newest in 0..=MESSAGES as u32 + 1 {
        for size in 1..=MESSAGES as u32 + 1 {
            let Page::Tail { part, mut from_pos } = alice.page(stream, From::Tail { messages: newest }, 1_000).await else {
                panic!("not a tail");
            };
            assert!(part.rows.iter().any(|row| row.data.key().kind == "conversation"), "the facts come with the tail");
            let mut covered = messages(&part.rows);
            assert_eq!(covered.len() as u64, u64::from(newest).min(MESSAGES));
            while from_pos > 1 {
                let page = alice.history(conversation, Some(from_pos), size).await.unwrap();
                assert!(page.from_pos < from_pos, "history makes no progress at {from_pos}");
                let mut older = messages(&page.rows);
                assert!(older.iter().all(|message| (page.from_pos..from_pos).contains(&message.pos)));
                older.append(&mut covered);
                covered = older;
                from_pos = page.from_pos;
            }
            assert_eq!(covered, all, "a tail of {newest} and pages of {size}");
        }
    }
}

async fn a_cursor_that_cannot_be_is_reset(database: Database) {
    let host = Host::start(database).await;
    let (alice, _, conversation) = conversation(&host).await;
    let stream = StreamId::Conversation(conversation);
    let head = alice.changes(stream, 0, 1_000).await.1;
    assert!(alice.changes(stream, head, 1_000).await.0.rows.is_empty());
    for from in [From::Cursor { seq: head + 1, vis_ver: 1 }, From::Cursor { seq: 0, vis_ver: 2 }] {
        assert_eq!(alice.page(stream, from, 1_000).await, Page::Reset { stream, vis_ver: 1 });
    }
}

async fn another_epoch_is_told_so(database: Database) {
    let host = Host::start(database).await;
    let alice = host.resident("alice").await;
    let stranger = Person { epoch: Epoch::new(), ..alice.clone() };
    let want = Want { stream: StreamId::User(alice.user), from: From::Cursor { seq: 0, vis_ver: 1 } };
    assert_eq!(stranger.pull(vec![want], 10).await.unwrap_err().code, ErrorCode::EpochChanged);
    let heads = stranger.heads(Some(&alice.heads(None).await.watermark)).await;
    assert!(heads.full && heads.epoch == alice.epoch);
}

async fn digests(
    person: &Person,
    epoch: Epoch,
    segments: Vec<Segment>,
) -> Result<Vec<Option<SegmentDigest>>, hearth_protocol::error::ApiError> {
    person.post::<DigestsResponse>("/v1/sync/digests", &DigestsRequest { epoch, segments }).await.map(|answer| answer.digests)
}

async fn digests_are_of_what_the_viewer_sees(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = alice.group("Climbing", &[&bob], false).await;
    let mut sent = Vec::new();
    for number in 0..6 {
        if number == 3 {
            alice.add(group, &carol).await.unwrap();
        }
        sent.push(alice.send(group, &number.to_string()).await);
    }
    alice.edit((group, sent[4].id), 0, "four").await.unwrap();
    alice.delete((group, sent[1].id)).await.unwrap();
    let head = alice.changes(StreamId::Conversation(group), 0, 1_000).await;
    let all: Vec<Entry> = head.0.rows.iter().filter_map(entry).collect();
    assert_eq!(all.len(), 6, "a tombstone is not in it; that she was added is");
    let whole = Segment { conversation: group, vis_ver: 1, from_pos: 1, to_pos: 100 };
    let expected = |from: u64, to: u64| {
        let mut entries: Vec<Entry> = all.iter().filter(|entry| (from..to).contains(&entry.pos)).copied().collect();
        entries.sort_by_key(|entry| entry.pos);
        Some(SegmentDigest { as_of: head.1, digest: digest(entries) })
    };
    let part = Segment { from_pos: 2, to_pos: 5, ..whole.clone() };
    assert_eq!(digests(&bob, bob.epoch, vec![whole.clone(), part]).await.unwrap(), [expected(1, 100), expected(2, 5)]);
    assert_eq!(digests(&carol, carol.epoch, vec![whole.clone()]).await.unwrap(), [expected(4, 100)], "only what she may see");
    let (dan, foreign) = (host.resident("dan").await, Segment { vis_ver: 7, ..whole.clone() });
    assert_eq!(digests(&dan, dan.epoch, vec![whole.clone()]).await.unwrap(), [None]);
    assert_eq!(
        digests(&bob, bob.epoch, vec![foreign, Segment { conversation: ConversationId::new(), ..whole.clone() }]).await.unwrap(),
        [None, None]
    );
    let long = Segment { to_pos: 5_000, ..whole.clone() };
    assert_eq!(digests(&bob, bob.epoch, vec![long]).await.unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(digests(&bob, Epoch::new(), vec![whole]).await.unwrap_err().code, ErrorCode::EpochChanged);
}

fn entry(row: &Row) -> Option<Entry> {
    let RowData::Message(message) = &row.data else { return None };
    message.body.as_ref()?;
    Some(Entry { pos: message.pos, id: message.id, seq: row.seq, revision: message.revision })
}
