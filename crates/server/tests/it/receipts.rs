//! Who has read what, and what has reached whom.

use crate::{
    channels::{channel, opens, private, team},
    host::{Database, Host},
    person::Person,
};
use hearth_protocol::{
    Pos,
    error::ApiError,
    ids::{ConversationId, MutationId, UserId},
    mutation::Part,
    mutations::{MarkDelivered, SetReadReceipts},
    rows::RowData,
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(
    reading_is_told_in_ranges_with_its_time,
    a_delivery_is_one_mark_that_never_goes_back,
    who_does_not_share_is_not_told_of,
    ranges_and_rows_stay_inside_windows,
    receipts_of_who_left_stay,
    a_public_channel_tells_none_and_a_private_one_does,
);

async fn deliver(person: &Person, conversation: ConversationId, pos: Pos) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), MarkDelivered { conversation, pos }.into()).await
}

async fn share(person: &Person, on: bool) {
    person.perform(MutationId::new(), SetReadReceipts { on }.into()).await.unwrap();
}

/// Whoever has read which ranges, and whom what has reached, as somebody is told.
#[derive(Debug, Default, PartialEq)]
struct Told {
    read: Vec<(UserId, Pos, Pos)>,
    delivered: Vec<(UserId, Pos)>,
}

fn told(parts: &[Part]) -> Told {
    let mut told = Told::default();
    for row in parts.iter().filter(|part| matches!(part.stream, StreamId::Receipts(_))).flat_map(|part| &part.rows) {
        match &row.data {
            RowData::ReadReceipt(row) => told.read.push((row.user, row.from, row.to)),
            RowData::Delivered(row) => told.delivered.push((row.user, row.pos)),
            other => panic!("among receipts: {other:?}"),
        }
    }
    told
}

/// A first copy, which is the same as all changes from the beginning.
async fn copy(person: &Person, vis_ver: u64, conversation: ConversationId) -> Told {
    let stream = StreamId::Receipts(conversation);
    let Page::Tail { part, .. } = person.page(stream, From::Tail { messages: 0 }, 100).await else { panic!("no copy") };
    let (changes, head) = person.changes_under(vis_ver, stream, 0, 1_000).await;
    assert_eq!((part.seq, told(std::slice::from_ref(&changes))), (head, told(std::slice::from_ref(&part))));
    told(&[part])
}

async fn reading_is_told_in_ranges_with_its_time(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let stream = StreamId::Receipts(conversation);
    for text in ["one", "two", "three"] {
        alice.send(conversation, text).await;
    }
    let before = alice.heads(None).await;
    let head = |heads: &hearth_protocol::sync::HeadsResponse| {
        heads.heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).and_then(|head| head.receipts_head)
    };
    assert_eq!((head(&before), copy(&alice, 1, conversation).await), (None, Told::default()));
    let mut socket = alice.socket().await;
    let answer = bob.mark_read(conversation, 2).await;
    assert_eq!(told(&answer).read, [(bob.user, 0, 2)]);
    let pushed = socket.rows(stream).await;
    assert_eq!((pushed.prev, pushed.seq, told(std::slice::from_ref(&pushed)).read), (0, 1, vec![(bob.user, 0, 2)]));
    let RowData::ReadReceipt(row) = &pushed.rows[0].data else { panic!("{pushed:?}") };
    assert!(row.at > 0 && row.covers(1) && row.covers(2) && !row.covers(3));
    bob.mark_read(conversation, 1_000).await;
    bob.mark_read(conversation, 3).await;
    assert_eq!(copy(&alice, 1, conversation).await.read, [(bob.user, 0, 2), (bob.user, 2, 3)]);
    let moved = alice.heads(Some(&before.watermark)).await;
    assert_eq!(head(&moved), Some(2));
    // A retry of the mutation answers with the rows that it wrote.
    let id = MutationId::new();
    bob.send(conversation, "four").await;
    let mark = hearth_protocol::mutations::MarkRead { conversation, pos: 4 };
    let first = bob.perform(id, mark.clone().into()).await.unwrap();
    assert_eq!(told(&bob.perform(id, mark.into()).await.unwrap()), told(&first));
}

async fn a_delivery_is_one_mark_that_never_goes_back(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.direct(&bob).await;
    assert_eq!(deliver(&bob, conversation, 1).await.unwrap(), [], "there is nothing yet");
    alice.send(conversation, "one").await;
    alice.send(conversation, "two").await;
    for (pos, mark) in [(1, 1), (9, 2), (1, 2)] {
        let answer = deliver(&bob, conversation, pos).await.unwrap();
        assert_eq!(told(&answer).delivered, [(bob.user, mark)]);
    }
    assert_eq!(copy(&alice, 1, conversation).await.delivered, [(bob.user, 2)]);
    assert_eq!(deliver(&carol, conversation, 1).await.unwrap_err(), ApiError::not_found());
    let stream = StreamId::Receipts(conversation);
    assert_eq!(carol.page(stream, From::Tail { messages: 0 }, 10).await, Page::Gone { stream });
}

async fn who_does_not_share_is_not_told_of(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for text in ["one", "two", "three"] {
        alice.send(conversation, text).await;
    }
    share(&bob, false).await;
    let account = |page: Page| match page {
        Page::Tail { part, .. } => {
            part.rows.into_iter().find_map(|row| if let RowData::Account(row) = row.data { Some(row) } else { None })
        }
        other => panic!("{other:?}"),
    };
    let mine = account(bob.page(StreamId::User(bob.user), From::Tail { messages: 0 }, 10).await).unwrap();
    assert!(!mine.read_receipts);
    bob.mark_read(conversation, 1).await;
    deliver(&bob, conversation, 3).await.unwrap();
    assert_eq!((copy(&alice, 1, conversation).await, bob.unread(conversation).await), (Told::default(), 2));
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    bob.mark_read(conversation, 2).await;
    share(&bob, true).await;
    share(&bob, true).await;
    bob.mark_read(conversation, 3).await;
    // What was read unseen stays so.
    assert_eq!(copy(&alice, 1, conversation).await.read, [(bob.user, 2, 3)]);
}

async fn ranges_and_rows_stay_inside_windows(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let group = alice.group("Readers", &[&bob], false).await;
    alice.send(group, "before Carol").await;
    bob.mark_read(group, 1).await;
    alice.add(group, &carol).await.unwrap();
    alice.send(group, "with Carol").await;
    // That she was added has the place between.
    carol.mark_read(group, 3).await;
    bob.mark_read(group, 3).await;
    // Carol has not read what she cannot see, and is not told who has.
    assert_eq!(copy(&carol, 1, group).await.read, [(carol.user, 1, 3), (bob.user, 1, 3)]);
    assert_eq!(copy(&alice, 1, group).await.read, [(bob.user, 0, 1), (carol.user, 1, 3), (bob.user, 1, 3)]);
    alice.remove(group, &carol).await.unwrap();
    alice.send(group, "without Carol").await;
    alice.add(group, &carol).await.unwrap();
    alice.send(group, "with Carol again").await;
    let answer = carol.mark_read(group, 7).await;
    assert_eq!(told(&answer).read, [(carol.user, 5, 7)]);
}

async fn receipts_of_who_left_stay(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = alice.group("Readers", &[&bob], true).await;
    alice.send(group, "one").await;
    bob.mark_read(group, 1).await;
    bob.remove(group, &bob).await.unwrap();
    assert_eq!(copy(&alice, 1, group).await.read, [(bob.user, 0, 1)]);
    let stream = StreamId::Receipts(group);
    assert_eq!(bob.page(stream, From::Cursor { seq: 0, vis_ver: 1 }, 10).await, Page::Gone { stream });
}

async fn a_public_channel_tells_none_and_a_private_one_does(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = team(&alice, &[&bob]).await;
    let (public, secret) = (opens(&alice, channel(group, "public")).await, opens(&alice, private(group, "secret", &[&bob])).await);
    alice.send(public, "one").await;
    alice.send(secret, "one").await;
    assert_eq!(told(&bob.mark_read(public, 1).await), Told::default());
    assert_eq!(deliver(&bob, public, 1).await.unwrap(), []);
    assert_eq!(copy(&alice, 1, public).await, Told::default(), "whoever opens it is given an empty copy");
    assert_eq!(told(&bob.mark_read(secret, 1).await).read, [(bob.user, 0, 1)]);
    // The version of a private channel is the sum of the group's and its own.
    assert_eq!(copy(&alice, 2, secret).await.read, [(bob.user, 0, 1)]);
    let heads = alice.heads(None).await.heads;
    let head = |id| heads.iter().find(|head| head.stream == StreamId::Conversation(id)).and_then(|head| head.receipts_head);
    assert_eq!((head(public), head(secret)), (None, Some(1)));
}
