//! Heads, unread counts, and what those who may not read are answered.

use crate::host::{Database, Host};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, MutationId, UserId},
    mutations::MarkUnread,
    rows::RowData,
    stream::StreamId,
    sync::{From, Page},
};
use std::collections::BTreeSet;

on_both_databases!(
    heads_name_what_moved,
    unread_is_what_others_wrote_after_my_marker,
    what_is_marked_as_unread_is_so_and_nobody_is_told_twice,
    the_foreign_and_the_missing_look_the_same,
);

async fn heads_name_what_moved(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (with_bob, with_carol) = (alice.direct(&bob).await, alice.direct(&carol).await);
    let last = alice.send(with_bob, "hello").await;
    let full = alice.heads(None).await;
    assert!(full.full);
    let named: BTreeSet<StreamId> = full.heads.iter().map(|head| head.stream).collect();
    let mine = [StreamId::User(alice.user), StreamId::Conversation(with_bob), StreamId::Conversation(with_carol)];
    assert_eq!(named, BTreeSet::from(mine));
    let head = full.heads.iter().find(|head| head.stream == StreamId::Conversation(with_bob)).unwrap();
    assert_eq!(head.head, alice.changes(head.stream, 0, 1_000).await.1);
    assert_eq!(head.members_head, Some(alice.changes(StreamId::Members(with_bob), 0, 1_000).await.1));
    assert_eq!(
        head.last_message.as_ref().map(|row| &row.data).map(|data| matches!(data, RowData::Message(row) if *row == last)),
        Some(true)
    );

    let still = alice.heads(Some(&full.watermark)).await;
    assert!(!still.full && still.heads.is_empty(), "nothing moved: {still:?}");
    assert_eq!(still.watermark, full.watermark);

    carol.send(with_carol, "and here").await;
    let moved = alice.heads(Some(&full.watermark)).await;
    let conversations: Vec<StreamId> =
        moved.heads.iter().map(|head| head.stream).filter(|stream| *stream != StreamId::User(alice.user)).collect();
    assert!(!moved.full);
    assert_eq!(conversations, [StreamId::Conversation(with_carol)]);
    let others = bob.heads(Some(&full.watermark)).await;
    assert!(others.heads.iter().all(|head| head.stream == StreamId::User(bob.user)), "not Bob's to know: {others:?}");
    // A watermark from a future that never was fails closed.
    let ahead = full.watermark.iter().map(|(shard, n)| (*shard, n + 1_000)).collect();
    assert!(alice.heads(Some(&ahead)).await.full);
}

async fn unread_is_what_others_wrote_after_my_marker(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for _ in 0..3 {
        alice.send(conversation, "hello").await;
    }
    bob.send(conversation, "mine is not unread to me").await;
    assert_eq!((bob.unread(conversation).await, alice.unread(conversation).await), (3, 1));
    bob.mark_read(conversation, 2).await;
    assert_eq!(bob.unread(conversation).await, 1);
    bob.mark_read(conversation, 1).await;
    assert_eq!(bob.unread(conversation).await, 1, "a marker never goes back");
    bob.mark_read(conversation, 1_000).await;
    assert_eq!(bob.unread(conversation).await, 0);
    alice.send(conversation, "news").await;
    assert_eq!(bob.unread(conversation).await, 1, "a marker stops at the newest message");
}

async fn what_is_marked_as_unread_is_so_and_nobody_is_told_twice(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for _ in 0..4 {
        alice.send(conversation, "hello").await;
    }
    let mark = async |from| bob.perform(MutationId::new(), MarkUnread { conversation, from }.into()).await.unwrap();
    assert_eq!(mark(2).await, [], "it is unread already");
    bob.mark_read(conversation, 3).await;
    mark(2).await;
    assert_eq!(bob.unread(conversation).await, 3);
    mark(4).await;
    assert_eq!(bob.unread(conversation).await, 3, "what is unread before it stays unread");
    mark(0).await;
    assert_eq!(bob.unread(conversation).await, 4);
    let told = async || alice.changes(StreamId::Receipts(conversation), 0, 1_000).await.0.rows;
    let once = told().await;
    assert!(matches!(&once[..], [row] if matches!(&row.data, RowData::ReadReceipt(row) if (row.from, row.to) == (0, 3))), "{once:?}");
    bob.mark_read(conversation, 2).await;
    assert_eq!(told().await, once, "it was told when it was read first");
    bob.mark_read(conversation, 4).await;
    let rows = told().await;
    assert!(matches!(&rows[..], [_, row] if matches!(&row.data, RowData::ReadReceipt(row) if (row.from, row.to) == (3, 4))), "{rows:?}");
    assert_eq!(bob.unread(conversation).await, 0);
}

async fn the_foreign_and_the_missing_look_the_same(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let foreign = alice.direct(&bob).await;
    alice.send(foreign, "between us").await;
    let missing = ConversationId::new();
    for conversation in [foreign, missing] {
        assert_eq!(carol.history(conversation, None, 10).await.unwrap_err(), ApiError::not_found());
        for stream in [StreamId::Conversation(conversation), StreamId::Members(conversation)] {
            for from in [From::Cursor { seq: 0, vis_ver: 1 }, From::Cursor { seq: 99, vis_ver: 7 }, From::Tail { messages: 10 }] {
                assert_eq!(carol.page(stream, from, 10).await, Page::Gone { stream });
            }
        }
    }
    for user in [alice.user, UserId::new()] {
        let stream = StreamId::User(user);
        assert_eq!(carol.page(stream, From::Tail { messages: 10 }, 10).await, Page::Gone { stream });
    }
    let nonsense = carol.get::<serde_json::Value>("/v1/conversations/nonsense/messages").await.unwrap_err();
    assert_eq!(nonsense, ApiError::not_found());
}
