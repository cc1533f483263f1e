//! What people put on messages: one emoji of each kind and person, seen by whom sees the message, and gone with it.

use crate::{
    deletions,
    host::{Database, Host, PASSWORD},
    person::Person,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MessageId, MutationId, UserId},
    limits,
    mutation::{Mutation, Outcome},
    mutations::{DeleteMessage, React, RemoveMember},
    row::Row,
    rows::{MessageRow, RowData},
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(
    each_emoji_stands_once_and_is_taken_back,
    it_is_one_emoji_and_there_is_room_for_so_many,
    it_comes_with_its_message_and_goes_with_it,
    who_does_not_see_the_message_does_not_see_it,
    what_is_too_old_takes_it_along,
    a_deleted_account_leaves_none,
);

fn react(conversation: ConversationId, message: &MessageRow, emoji: &str, on: bool) -> React {
    React { conversation, message: message.id, emoji: emoji.into(), on }
}

async fn put(person: &Person, conversation: ConversationId, message: &MessageRow, emoji: &str) -> Result<(), ApiError> {
    person.perform(MutationId::new(), react(conversation, message, emoji, true).into()).await.map(drop)
}

async fn take_back(person: &Person, conversation: ConversationId, message: &MessageRow, emoji: &str) -> Result<(), ApiError> {
    person.perform(MutationId::new(), react(conversation, message, emoji, false).into()).await.map(drop)
}

/// Of rows what stands on messages, and what of it was taken back.
fn reactions(rows: &[Row]) -> Vec<(MessageId, UserId, String, bool)> {
    let of = |row: &Row| match &row.data {
        RowData::Reaction(row) => Some((row.message, row.user, row.emoji.clone(), row.at.is_some())),
        _ => None,
    };
    rows.iter().filter_map(of).collect()
}

async fn changed(person: &Person, conversation: ConversationId, after: u64) -> Vec<(MessageId, UserId, String, bool)> {
    reactions(&person.changes(StreamId::Conversation(conversation), after, 1_000).await.0.rows)
}

async fn each_emoji_stands_once_and_is_taken_back(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let hello = alice.send(conversation, "hello").await;
    let id = MutationId::new();
    bob.perform(id, react(conversation, &hello, "👍", true).into()).await.unwrap();
    let head = alice.changes(StreamId::Conversation(conversation), 0, 1_000).await.1;
    put(&bob, conversation, &hello, "👍").await.unwrap();
    bob.perform(id, react(conversation, &hello, "👍", true).into()).await.unwrap();
    take_back(&alice, conversation, &hello, "👍").await.unwrap();
    assert_eq!(alice.changes(StreamId::Conversation(conversation), 0, 1_000).await.1, head, "none of these changes anything");
    put(&alice, conversation, &hello, "👍").await.unwrap();
    put(&bob, conversation, &hello, "👍🏽").await.unwrap();
    let mut there = changed(&alice, conversation, 0).await;
    there.sort();
    let mut wanted = [(&bob, "👍"), (&alice, "👍"), (&bob, "👍🏽")].map(|(who, emoji)| (hello.id, who.user, emoji.to_owned(), true)).to_vec();
    wanted.sort();
    assert_eq!(there, wanted);
    assert_eq!(bob.unread(conversation).await, 1, "the message, and nothing of this");
    take_back(&bob, conversation, &hello, "👍").await.unwrap();
    assert_eq!(changed(&alice, conversation, head + 2).await, [(hello.id, bob.user, "👍".into(), false)]);
    put(&bob, conversation, &hello, "👍").await.unwrap();
    assert_eq!(changed(&alice, conversation, head + 2).await, [(hello.id, bob.user, "👍".into(), true)]);
}

async fn it_is_one_emoji_and_there_is_room_for_so_many(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob, &carol], true).await;
    let hello = alice.send(conversation, "hello").await;
    for wrong in ["", "a", "❤", "👍👍", ":+1:", "👍 "] {
        assert_eq!(put(&bob, conversation, &hello, wrong).await.unwrap_err().code, ErrorCode::BadRequest, "{wrong:?}");
    }
    let emoji =
        ["😀", "😁", "😂", "🤣", "😃", "😄", "😅", "😆", "😉", "😊", "😋", "😎", "😍", "😘", "🥰", "😗", "😙", "😚", "🙂", "🤗", "🤩"];
    let half = limits::EMOJI_PER_PERSON_MAX;
    // One transaction counts what it has not written yet.
    let all = emoji[..=half].iter().map(|emoji| Mutation::new(MutationId::new(), react(conversation, &hello, emoji, true)));
    let acked = alice.try_mutate(all.collect()).await.unwrap();
    let refused: Vec<usize> = (0..acked.len()).filter(|at| matches!(acked[*at].outcome, Outcome::Refused(_))).collect();
    assert_eq!(refused, [half], "one person has so many");
    for emoji in &emoji[half..limits::EMOJI_PER_MESSAGE_MAX] {
        put(&bob, conversation, &hello, emoji).await.unwrap();
    }
    assert_eq!(put(&carol, conversation, &hello, emoji[limits::EMOJI_PER_MESSAGE_MAX]).await.unwrap_err().code, ErrorCode::BadRequest);
    put(&carol, conversation, &hello, emoji[0]).await.unwrap();
    take_back(&bob, conversation, &hello, emoji[half]).await.unwrap();
    put(&carol, conversation, &hello, emoji[limits::EMOJI_PER_MESSAGE_MAX]).await.unwrap();
}

async fn it_comes_with_its_message_and_goes_with_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (first, second) = (alice.send(conversation, "first").await, alice.send(conversation, "second").await);
    for message in [&first, &second] {
        put(&bob, conversation, message, "🎉").await.unwrap();
    }
    let on_first = (first.id, bob.user, "🎉".to_owned(), true);
    let on_second = (second.id, bob.user, "🎉".to_owned(), true);
    let Page::Tail { part, from_pos } = alice.page(StreamId::Conversation(conversation), From::Tail { messages: 1 }, 100).await else {
        panic!("no copy")
    };
    assert_eq!((reactions(&part.rows), from_pos), (vec![on_second], second.pos));
    let page = alice.history(conversation, Some(second.pos), 10).await.unwrap();
    assert_eq!((reactions(&page.rows), page.from_pos), (vec![on_first], 1));
    let before = alice.changes(StreamId::Conversation(conversation), 0, 1_000).await.1;
    alice.delete((conversation, first.id)).await.unwrap();
    assert_eq!(changed(&alice, conversation, 0).await.len(), 1, "of the deleted one nothing is left");
    let page = alice.history(conversation, Some(second.pos), 10).await.unwrap();
    assert_eq!(reactions(&page.rows), []);
    assert_eq!(put(&bob, conversation, &first, "👍").await.unwrap_err().code, ErrorCode::EditConflict);
    take_back(&bob, conversation, &first, "🎉").await.unwrap();
    assert_eq!(changed(&alice, conversation, before).await, []);
    // Both in one transaction.
    let third = alice.send(conversation, "third").await;
    let acts = [
        Mutation::new(MutationId::new(), react(conversation, &third, "👍", true)),
        Mutation::new(MutationId::new(), DeleteMessage { conversation, message: third.id }),
    ];
    alice.try_mutate(acts.into()).await.unwrap();
    assert_eq!(changed(&alice, conversation, before).await, []);
}

async fn who_does_not_see_the_message_does_not_see_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob], false).await;
    let early = alice.send(conversation, "before she came").await;
    put(&bob, conversation, &early, "👍").await.unwrap();
    alice.add(conversation, &carol).await.unwrap();
    assert_eq!(put(&carol, conversation, &early, "👍").await.unwrap_err(), ApiError::not_found());
    let mut socket = carol.socket().await;
    put(&alice, conversation, &early, "🔥").await.unwrap();
    let frame = socket.rows(StreamId::Conversation(conversation)).await;
    assert_eq!(frame.rows, [], "the cursor moves, and nothing is told");
    assert_eq!(changed(&carol, conversation, 0).await, []);
    let late = alice.send(conversation, "she is here").await;
    put(&bob, conversation, &late, "👋").await.unwrap();
    alice.remove(conversation, &bob).await.unwrap();
    assert_eq!(changed(&carol, conversation, 0).await, [(late.id, bob.user, "👋".into(), true)], "it stays when he has left");
    assert_eq!(take_back(&bob, conversation, &late, "👋").await.unwrap_err(), ApiError::not_found());
}

async fn what_is_too_old_takes_it_along(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let old = alice.send(conversation, "old").await;
    put(&bob, conversation, &old, "👍").await.unwrap();
    host.server().retain_now(old.created_at + 60_000).await.unwrap();
    assert_eq!(changed(&bob, conversation, 0).await, []);
    assert_eq!(put(&bob, conversation, &old, "🔥").await.unwrap_err(), ApiError::not_found());
}

async fn a_deleted_account_leaves_none(database: Database) {
    let host = Host::start(database).await;
    let (_admin, alice, bob) = (host.resident("ada").await, host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.group("Walks", &[&bob], true).await;
    bob.perform(MutationId::new(), RemoveMember { conversation, member: bob.user }.into()).await.unwrap();
    alice.add(conversation, &bob).await.unwrap();
    let hello = alice.send(conversation, "hello").await;
    put(&bob, conversation, &hello, "👍").await.unwrap();
    put(&alice, conversation, &hello, "👍").await.unwrap();
    let mut socket = alice.socket().await;
    deletions::delete(&bob, PASSWORD).await.unwrap();
    loop {
        let there = changed(&alice, conversation, 0).await;
        if there.iter().all(|(_, user, _, on)| *user != bob.user || !on) {
            assert!(there.contains(&(hello.id, alice.user, "👍".into(), true)));
            return;
        }
        socket.rows(StreamId::Conversation(conversation)).await;
    }
}
