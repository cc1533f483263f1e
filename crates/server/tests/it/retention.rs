//! Messages that are kept for a time only.

use crate::{
    host::{Database, Host},
    person::{message, messages, texts},
};
use hearth_protocol::{
    Pos,
    error::ApiError,
    ids::ConversationId,
    mutation::{Mutation, Outcome},
    row::Row,
    rows::{MessageRow, RowData},
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(what_is_older_is_removed_for_everybody, a_place_is_not_given_again_when_all_is_removed);

async fn talk(host: &Host, count: usize) -> (crate::person::Person, crate::person::Person, ConversationId, Vec<MessageRow>) {
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let mut sent = Vec::new();
    for number in 1..=count {
        sent.push(alice.send(conversation, &format!("{number}")).await);
    }
    (alice, bob, conversation, sent)
}

fn kept(rows: &[Row]) -> Option<Pos> {
    rows.iter().find_map(|row| if let RowData::Retention(row) = &row.data { Some(row.pos) } else { None })
}

async fn what_is_older_is_removed_for_everybody(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, conversation, sent) = talk(&host, 5).await;
    let stream = StreamId::Conversation(conversation);
    bob.mark_read(conversation, 1).await;
    let again = Mutation::new(sent[0].id, message(conversation, "1"));
    let cursor = bob.changes(stream, 0, 100).await.1;
    let before = sent[3].created_at;
    // Messages of one millisecond stay together.
    let first = sent.iter().find(|row| row.created_at >= before).unwrap().pos;
    let left: Vec<String> = sent.iter().filter(|row| row.pos >= first).map(|row| row.pos.to_string()).collect();
    let mut socket = bob.socket().await;
    host.server().retain_now(before).await.unwrap();
    let pushed = socket.rows(stream).await;
    assert_eq!((pushed.prev, kept(&pushed.rows)), (cursor, Some(first)));
    let (part, head) = bob.changes(stream, cursor, 100).await;
    assert_eq!((part.rows, head), (pushed.rows, cursor + 1));
    let Page::Tail { part, from_pos } = bob.page(stream, From::Tail { messages: 50 }, 100).await else { panic!("no copy") };
    assert_eq!((texts(&messages(&part.rows)), kept(&part.rows), from_pos), (left.clone(), Some(first), 1));
    let history = bob.history(conversation, None, 100).await.unwrap();
    assert_eq!((texts(&messages(&history.rows)), history.from_pos), (left.clone(), 1), "the history is complete at its new beginning");
    assert_eq!(bob.history(conversation, Some(first), 100).await.unwrap().rows, []);
    assert_eq!(bob.unread(conversation).await as usize, left.len());
    assert_eq!(alice.edit((conversation, sent[0].id), 0, "late").await.unwrap_err(), ApiError::not_found());
    assert_eq!(alice.delete((conversation, sent[0].id)).await.unwrap_err(), ApiError::not_found());
    let receipts = StreamId::Receipts(conversation);
    let Page::Tail { part, .. } = alice.page(receipts, From::Tail { messages: 0 }, 100).await else { panic!("no copy") };
    assert_eq!(part.rows, [], "what was read of them is gone as well");
    // A retry brings nothing back, and a second round finds nothing to do.
    let acked = alice.try_mutate(vec![again]).await.unwrap();
    assert!(matches!(&acked[0].outcome, Outcome::Applied(parts) if parts.iter().all(|part| part.rows.is_empty())), "{acked:?}");
    host.server().retain_now(before).await.unwrap();
    assert_eq!(bob.changes(stream, cursor, 100).await.1, cursor + 1);
}

async fn a_place_is_not_given_again_when_all_is_removed(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob, conversation, sent) = talk(&host, 3).await;
    host.server().retain_now(sent[2].created_at + 1).await.unwrap();
    let heads = bob.heads(None).await.heads;
    let head = heads.iter().find(|head| head.stream == StreamId::Conversation(conversation)).unwrap();
    assert!(head.last_message.is_none() && head.unread.is_some_and(|unread| unread.count == 0), "{head:?}");
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    assert_eq!(alice.send(conversation, "4").await.pos, 4);
    assert_eq!((bob.unread(conversation).await, texts(&bob.messages(conversation).await)), (1, vec!["4".to_owned()]));
}
