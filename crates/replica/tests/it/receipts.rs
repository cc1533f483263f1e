//! Receipts: copied while their conversation is open, laid beside my messages at read; and what the server is told of what has come.

use crate::support::{Local, Server, Stream, mutation, parts, person, ready};
use hearth_protocol::{
    Pos,
    error::{ApiError, ErrorCode},
    ids::UserId,
    limits,
    mutation::{Acked, Mutation, Outcome},
    mutations::{Intent, MarkDelivered, SetReadReceipts},
    rows::{AccountRow, DeliveredRow, MemberRole, MemberRow, Person, ReadReceiptRow},
    stream::StreamId,
    sync::{From, Head},
};
use hearth_replica::{Apply, At, Delivery, Item};

fn member(person: &Person, joined_at: i64) -> MemberRow {
    MemberRow { person: person.clone(), role: MemberRole::Member, joined_at, left_at: None }
}

fn read(user: UserId, from: Pos, to: Pos) -> ReadReceiptRow {
    ReadReceiptRow { user, from, to, at: 100 + i64::try_from(to).unwrap() }
}

/// Alice and Bob, both in the members stream, and its receipts.
async fn with_receipts() -> (Local, Server, Stream) {
    let (replica, server) = ready().await;
    let mut members = Stream::new(StreamId::Members(server.conversation()), server.epoch);
    members.commit(member(&server.alice, 2));
    members.commit(member(&server.bob, 2));
    replica.apply(Apply { tails: vec![members.tail(0)], ..Apply::default() }).await.unwrap();
    let receipts = Stream::new(StreamId::Receipts(server.conversation()), server.epoch);
    (replica, server, receipts)
}

async fn ticks(replica: &Local, server: &Server) -> Vec<Delivery> {
    let rows = replica.timeline(server.conversation(), At::End, 50).await.unwrap();
    rows.messages.iter().filter(|message| message.mine && matches!(message.item, Item::Row(_))).map(|message| message.delivery).collect()
}

#[tokio::test]
async fn receipts_come_with_the_open_conversation_and_are_kept() {
    let (replica, mut server, mut receipts) = with_receipts().await;
    let conversation = server.conversation();
    let frames: Vec<_> = (1..=3).map(|_| server.direct.say(server.alice.user, "mine")).collect();
    replica.apply(parts(frames)).await.unwrap();
    let early = receipts.commit(read(server.bob.user, 0, 1));
    // Nobody has looked: neither a push nor a head makes anything of it.
    replica.apply(parts(vec![early])).await.unwrap();
    let head = Head { receipts_head: Some(receipts.head), ..server.direct.head_of() };
    replica.apply(server.heads(vec![head], false)).await.unwrap();
    assert!(replica.wants(None, 10, 5).await.unwrap().is_empty());
    assert_eq!(ticks(&replica, &server).await, [Delivery::Sent; 3]);
    let wants = replica.wants(Some(conversation), 10, 5).await.unwrap();
    assert!(matches!(&wants[..], [want] if want.stream == receipts.id && matches!(want.from, From::Tail { .. })), "{wants:?}");
    replica.apply(Apply { tails: vec![receipts.tail(0)], ..Apply::default() }).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read, Delivery::Sent, Delivery::Sent]);
    assert!(replica.wants(Some(conversation), 10, 5).await.unwrap().is_empty());

    // From here on pushes keep it up to date, whatever is open.
    let push = receipts.commit(DeliveredRow { user: server.bob.user, pos: 2, at: 9 });
    let applied = replica.apply(parts(vec![push])).await.unwrap();
    assert!(applied.conversations.contains(&conversation));
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read, Delivery::Delivered, Delivery::Sent]);
    let last = replica.conversation(conversation).await.unwrap().unwrap().last.unwrap();
    assert_eq!(last.delivery, Delivery::Sent);
    // A lost push is noticed by the head, and fetched when it is open again.
    receipts.commit(read(server.bob.user, 1, 3));
    let head = Head { receipts_head: Some(receipts.head), ..server.direct.head_of() };
    replica.apply(server.heads(vec![head], false)).await.unwrap();
    assert!(replica.wants(None, 10, 5).await.unwrap().is_empty());
    let wants = replica.wants(Some(conversation), 10, 5).await.unwrap();
    assert!(matches!(&wants[..], [want] if want.from == From::Cursor { seq: 2, vis_ver: 1 }), "{wants:?}");
    replica.apply(parts(vec![receipts.part(2, 3)])).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read; 3]);
    // My own reading is no news to me.
    let mine = receipts.commit(read(server.alice.user, 0, 3));
    assert!(replica.apply(parts(vec![mine])).await.unwrap().conversations.is_empty());

    let message = server.direct.message(2).id;
    let readers = replica.readers(conversation, message).await.unwrap();
    assert_eq!(readers.iter().map(|reader| (reader.person.user, reader.read_at)).collect::<Vec<_>>(), [(server.bob.user, Some(103))]);
    // Gone with the conversation.
    replica.apply(Apply { gone: vec![server.direct.id], ..Apply::default() }).await.unwrap();
    assert!(!replica.dump().await.unwrap().contains("read_receipt "));
    assert!(replica.streams().await.unwrap().iter().all(|copy| copy.stream != receipts.id));
}

/// Asked for before somebody reads, here after the heads that say so and whose watermark is stored.
#[tokio::test]
async fn what_a_first_copy_on_its_way_lacks_is_fetched_after_it() {
    let (replica, mut server, mut receipts) = with_receipts().await;
    let conversation = server.conversation();
    let mine = server.direct.say(server.alice.user, "mine");
    replica.apply(parts(vec![mine])).await.unwrap();
    let copy = receipts.tail(0);
    receipts.commit(read(server.bob.user, 0, 1));
    let head = Head { receipts_head: Some(receipts.head), ..server.direct.head_of() };
    replica.apply(server.heads(vec![head], false)).await.unwrap();
    replica.apply(Apply { tails: vec![copy], ..Apply::default() }).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Sent]);
    let wants = replica.wants(Some(conversation), 10, 5).await.unwrap();
    assert!(matches!(&wants[..], [want] if want.stream == receipts.id && want.from == From::Cursor { seq: 0, vis_ver: 1 }), "{wants:?}");
    replica.apply(parts(vec![receipts.part(0, 1)])).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read]);
}

#[tokio::test]
async fn in_a_group_all_who_were_there_count() {
    let (replica, mut server, mut receipts) = with_receipts().await;
    let carol = person("Carol");
    let mut members = Stream::new(StreamId::Members(server.conversation()), server.epoch);
    members.head = 2;
    // Message 1 is of 1,001,000, message 2 of 1,002,000.
    let joins = members.commit(member(&carol, 1_001_500));
    let frames = vec![joins, server.direct.say(server.alice.user, "one"), server.direct.say(server.alice.user, "two")];
    replica.apply(parts(frames)).await.unwrap();
    receipts.commit(read(server.bob.user, 0, 2));
    replica.apply(Apply { tails: vec![receipts.tail(0)], ..Apply::default() }).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read, Delivery::Sent], "Carol came after the first");
    let reached = receipts.commit(DeliveredRow { user: carol.user, pos: 2, at: 7 });
    replica.apply(parts(vec![reached])).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read, Delivery::Delivered]);
    let readers = replica.readers(server.conversation(), server.direct.message(2).id).await.unwrap();
    let who: Vec<_> = readers.iter().map(|reader| (reader.person.user, reader.read_at)).collect();
    assert_eq!(who, [(server.bob.user, Some(102)), (carol.user, None)]);
    let leaves = members.commit(MemberRow { left_at: Some(9), ..member(&carol, 1_001_500) });
    replica.apply(parts(vec![leaves])).await.unwrap();
    assert_eq!(ticks(&replica, &server).await, [Delivery::Read, Delivery::Read], "who has left does not count");
}

async fn told(replica: &Local, now: i64) -> Vec<Mutation> {
    replica.tell_delivered(now).await.unwrap();
    replica.claim(now, 10).await.unwrap().mutations
}

fn delivered(mutations: &[Mutation]) -> Vec<Pos> {
    let pos = |mutation: &Mutation| if let Intent::MarkDelivered(mark) = &mutation.intent { mark.pos } else { 0 };
    mutations.iter().map(pos).collect()
}

async fn ack(replica: &Local, mutations: &[Mutation]) {
    let acked = mutations.iter().map(|mutation| Acked { id: mutation.id, outcome: Outcome::Applied(vec![]) }).collect();
    replica.apply(Apply { acked, ..Apply::default() }).await.unwrap();
}

#[tokio::test]
async fn what_has_come_is_told_once_in_a_while() {
    let (replica, mut server, _) = with_receipts().await;
    assert_eq!(told(&replica, 50_000).await, []);
    let mine = server.direct.say(server.alice.user, "mine");
    replica.apply(parts(vec![mine])).await.unwrap();
    assert_eq!(told(&replica, 50_000).await, [], "what I wrote has not reached me");
    let frames = server.bob_says(2);
    replica.apply(parts(frames)).await.unwrap();
    let first = told(&replica, 50_000).await;
    assert_eq!(delivered(&first), [3]);
    let count = replica.outbox_count().await.unwrap();
    assert_eq!((count.all, count.failed), (0, 0), "nobody did anything");
    ack(&replica, &first).await;
    // Within five seconds the next ones wait, and go together.
    for _ in 0..2 {
        let frames = server.bob_says(1);
        replica.apply(parts(frames)).await.unwrap();
        assert_eq!(told(&replica, 49_999 + limits::DELIVERED_EVERY_MS).await, []);
    }
    let second = told(&replica, 50_000 + limits::DELIVERED_EVERY_MS).await;
    assert_eq!(delivered(&second), [5]);
    ack(&replica, &second).await;
    // A clock that was set back stops nothing.
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(delivered(&told(&replica, 7).await), [6]);
    // What I have read needs no word more.
    let mut frames = server.bob_says(1);
    frames.push(server.read_to(7));
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(told(&replica, 1_000_000).await, []);
}

#[tokio::test]
async fn a_later_mark_replaces_one_that_waits_and_a_refused_one_goes() {
    let (replica, mut server, _) = with_receipts().await;
    let conversation = server.conversation();
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    replica.tell_delivered(10_000).await.unwrap();
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    let marks = told(&replica, 20_000).await;
    assert_eq!(delivered(&marks), [2]);
    let refused = Acked { id: marks[0].id, outcome: Outcome::Refused(ApiError::not_found()) };
    replica.apply(Apply { acked: vec![refused], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap(), []);
    // One that is to come again later does.
    let mark = mutation(MarkDelivered { conversation, pos: 2 }.into());
    replica.enqueue(&mark, 1).await.unwrap();
    replica.claim(1, 1).await.unwrap();
    let later = Acked { id: mark.id, outcome: Outcome::Refused(ApiError::new(ErrorCode::RateLimited, "Later.")) };
    replica.apply(Apply { acked: vec![later], ..Apply::default() }).await.unwrap();
    assert_eq!(replica.outbox().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_does_not_share_tells_nothing() {
    let (replica, mut server, _) = with_receipts().await;
    assert!(replica.shares_receipts().await.unwrap());
    let off = mutation(SetReadReceipts { on: false }.into());
    replica.enqueue(&off, 1).await.unwrap();
    assert!(!replica.shares_receipts().await.unwrap(), "as I have said, not as the account still says");
    replica.claim(1, 1).await.unwrap();
    let changed = server.user.commit(AccountRow { read_receipts: false, ..crate::support::account(&server.alice) });
    let acked = Acked { id: off.id, outcome: Outcome::Applied(vec![changed]) };
    replica.apply(Apply { acked: vec![acked], ..Apply::default() }).await.unwrap();
    assert!(!replica.shares_receipts().await.unwrap());
    let frames = server.bob_says(1);
    replica.apply(parts(frames)).await.unwrap();
    assert_eq!(told(&replica, 50_000).await, []);
}
