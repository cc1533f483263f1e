//! Messages that change: edits, deletions, tombstones and their end.

use crate::{
    host::{Database, Host},
    person::{message, messages, texts},
};
use hearth_protocol::{
    error::{ApiError, ErrorClass, ErrorCode},
    ids::{ConversationId, MutationId},
    limits,
    mutation::{Mutation, Outcome, Part},
    mutations::{DeleteMessage, EditMessage, Intent},
    rows::MessageRow,
    stream::StreamId,
    sync::{From, Page},
};

on_both_databases!(
    an_edit_moves_the_seq_and_keeps_the_place,
    an_edit_of_another_revision_is_a_conflict_with_the_row,
    only_who_may_changes_a_message,
    a_deletion_leaves_a_tombstone_and_lowers_unread,
    a_batch_sees_what_it_changed_itself,
    who_does_not_see_a_place_is_told_nothing_of_its_changes,
    purged_tombstones_raise_the_floor,
);

fn only(parts: Vec<Part>) -> (Part, MessageRow) {
    let [part] = <[Part; 1]>::try_from(parts).unwrap();
    let row = messages(&part.rows).remove(0);
    (part, row)
}

async fn an_edit_moves_the_seq_and_keeps_the_place(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "frist").await;
    alice.send(conversation, "second").await;
    let before = bob.changes(StreamId::Conversation(conversation), 0, 100).await.1;
    let mut socket = bob.socket().await;
    let (part, row) = only(alice.edit((conversation, sent.id), 0, "first").await.unwrap());
    assert_eq!((part.prev, part.seq, row.pos, row.revision, row.created_at), (before, before + 1, 1, 1, sent.created_at));
    assert!(row.edited_at.is_some());
    assert_eq!(socket.rows(part.stream).await, part);
    let (changed, _) = bob.changes(part.stream, before, 100).await;
    assert_eq!(messages(&changed.rows), std::slice::from_ref(&row));
    assert_eq!(texts(&messages(&bob.history(conversation, None, 10).await.unwrap().rows)), ["first", "second"]);
    assert_eq!(only(alice.edit((conversation, sent.id), 1, "1st").await.unwrap()).1.revision, 2);
    assert_eq!(bob.unread(conversation).await, 2, "an edit is no new message");
}

async fn an_edit_of_another_revision_is_a_conflict_with_the_row(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "one").await;
    let (part, row) = only(alice.edit((conversation, sent.id), 0, "on the phone").await.unwrap());
    let id = MutationId::new();
    let intent = EditMessage { conversation, message: sent.id, based_on: 0, body: hearth_protocol::body::Body::text("on the laptop") };
    let refused = alice.perform(id, intent.clone().into()).await.unwrap_err();
    assert_eq!((refused.code, refused.class()), (ErrorCode::EditConflict, ErrorClass::Conflict));
    let current = refused.current.unwrap();
    assert_eq!((current.prev, current.seq, &current.rows), (part.seq, part.seq, &part.rows));
    // Nothing was kept of it: based on what is there now it is applied, under the same id as well.
    let again = EditMessage { based_on: row.revision, ..intent };
    assert_eq!(only(alice.perform(id, again.into()).await.unwrap()).1.revision, 2);
    alice.delete((conversation, sent.id)).await.unwrap();
    let refused = alice.edit((conversation, sent.id), 2, "too late").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::EditConflict);
    assert!(messages(&refused.current.unwrap().rows)[0].body.is_none());
}

async fn only_who_may_changes_a_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (group, direct) = (alice.group("Readers", &[&bob], true).await, alice.direct(&bob).await);
    let (mine, theirs) = (alice.send(group, "of the owner").await.id, bob.send(group, "of a member").await.id);
    let private = alice.send(direct, "private").await.id;
    for refused in [
        bob.edit((group, mine), 0, "x").await,
        bob.delete((group, mine)).await,
        alice.edit((group, theirs), 0, "x").await,
        bob.delete((direct, private)).await,
    ] {
        assert_eq!(refused.unwrap_err().code, ErrorCode::NotAllowed);
    }
    for refused in [
        carol.edit((group, mine), 0, "x").await,
        carol.delete((group, theirs)).await,
        // In another conversation than it says, and nowhere.
        alice.edit((group, private), 0, "x").await,
        alice.delete((direct, mine)).await,
        alice.delete((group, MutationId::new())).await,
        alice.edit((ConversationId::new(), mine), 0, "x").await,
    ] {
        assert_eq!(refused.unwrap_err(), ApiError::not_found());
    }
    let long = "x".repeat(limits::TEXT_CHARS_MAX + 1);
    assert_eq!(alice.edit((group, mine), 0, &long).await.unwrap_err().code, ErrorCode::MessageTooLong);
    assert_eq!(alice.edit((group, mine), 0, " ").await.unwrap_err().code, ErrorCode::BadRequest);
    // The owner deletes what others wrote; who has left changes nothing any more.
    assert!(only(alice.delete((group, theirs)).await.unwrap()).1.body.is_none());
    let last = bob.send(group, "last words").await.id;
    bob.remove(group, &bob).await.unwrap();
    assert_eq!(bob.delete((group, last)).await.unwrap_err(), ApiError::not_found());
}

async fn a_deletion_leaves_a_tombstone_and_lowers_unread(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let first = alice.send(conversation, "one").await;
    let second = alice.send(conversation, "two").await;
    assert_eq!(bob.unread(conversation).await, 2);
    let id = MutationId::new();
    let delete = Intent::from(DeleteMessage { conversation, message: second.id });
    let (part, row) = only(alice.perform(id, delete.clone()).await.unwrap());
    assert_eq!((row.body, row.pos, row.sender, row.created_at), (None, second.pos, alice.user, second.created_at));
    assert_eq!(bob.unread(conversation).await, 1);
    let heads = bob.heads(None).await.heads;
    let last = heads.into_iter().find_map(|head| head.last_message).unwrap();
    assert_eq!(last, part.rows[0]);
    assert_eq!(alice.perform(id, delete).await.unwrap(), std::slice::from_ref(&part));
    let (again, row) = only(alice.delete((conversation, second.id)).await.unwrap());
    assert!(again.prev == again.seq && again.seq == part.seq && row.body.is_none());
    let history = messages(&bob.history(conversation, None, 10).await.unwrap().rows);
    assert_eq!(history.iter().map(|row| (row.id, row.body.is_some())).collect::<Vec<_>>(), [(first.id, true), (second.id, false)]);
    assert_eq!(alice.send(conversation, "three").await.pos, 3);
}

async fn a_batch_sees_what_it_changed_itself(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let id = MutationId::new();
    let edit = |based_on, text: &str| -> Intent {
        EditMessage { conversation, message: id, based_on, body: hearth_protocol::body::Body::text(text) }.into()
    };
    let batch = [(id, message(conversation, "a")), (MutationId::new(), edit(0, "b")), (MutationId::new(), edit(0, "c"))];
    let batch: Vec<Mutation> = batch.into_iter().map(|(id, intent)| Mutation::new(id, intent)).collect();
    let acked = alice.try_mutate(batch).await.unwrap();
    assert!(matches!(&acked[1].outcome, Outcome::Applied(_)), "{acked:?}");
    assert!(matches!(&acked[2].outcome, Outcome::Refused(error) if error.current.is_some()), "{acked:?}");
    assert_eq!(texts(&bob.messages(conversation).await), ["b"]);
    alice.delete((conversation, id)).await.unwrap();
    assert!(bob.messages(conversation).await[0].body.is_none());
}

async fn who_does_not_see_a_place_is_told_nothing_of_its_changes(database: Database) {
    let host = Host::start(database).await;
    let (alice, carol) = (host.resident("alice").await, host.resident("carol").await);
    let group = alice.group("Readers", &[], false).await;
    let stream = StreamId::Conversation(group);
    let old = alice.send(group, "before Carol").await.id;
    alice.add(group, &carol).await.unwrap();
    let new = alice.send(group, "with Carol").await.id;
    let cursor = carol.changes(stream, 0, 100).await.1;
    let mut socket = carol.socket().await;
    alice.edit((group, old), 0, "still before Carol").await.unwrap();
    let pushed = socket.rows(stream).await;
    assert_eq!((pushed.prev, pushed.seq, pushed.rows), (cursor, cursor + 1, vec![]));
    alice.edit((group, new), 0, "with Carol, too").await.unwrap();
    let pushed = socket.rows(stream).await;
    assert_eq!((pushed.prev, texts(&messages(&pushed.rows))), (cursor + 1, vec!["with Carol, too".to_owned()]));
    let (pulled, head) = carol.changes(stream, cursor, 100).await;
    assert_eq!((pulled.seq, pulled.rows), (head, pushed.rows));
    assert_eq!(carol.delete((group, old)).await.unwrap_err(), ApiError::not_found());
}

async fn purged_tombstones_raise_the_floor(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let stream = StreamId::Conversation(conversation);
    let sent: Vec<MessageRow> = {
        let mut sent = Vec::new();
        for text in ["one", "two", "three"] {
            sent.push(alice.send(conversation, text).await);
        }
        sent
    };
    let early = bob.changes(stream, 0, 100).await.1;
    let send_again = Mutation::new(sent[2].id, message(conversation, "three"));
    let floor = only(alice.delete((conversation, sent[2].id)).await.unwrap()).0.seq;
    alice.edit((conversation, sent[0].id), 0, "1").await.unwrap();
    let watermark = bob.heads(None).await.watermark;
    host.server().purge_tombstones_now().await.unwrap();
    host.server().purge_tombstones_now().await.unwrap();
    // Whoever follows the log hears of the floor.
    let heads = bob.heads(Some(&watermark)).await;
    let head = heads.heads.iter().find(|head| head.stream == stream).unwrap();
    assert_eq!((head.floor, head.head, heads.full), (floor, floor + 1, false));
    assert_eq!(bob.page(stream, From::Cursor { seq: early, vis_ver: 1 }, 10).await, Page::Reset { stream, vis_ver: 1 });
    let (part, _) = bob.changes(stream, floor, 10).await;
    assert_eq!(texts(&messages(&part.rows)), ["1"]);
    let history = bob.history(conversation, None, 10).await.unwrap();
    assert_eq!((texts(&messages(&history.rows)), history.from_pos), (vec!["1".to_owned(), "two".to_owned()], 1));
    // A retry of what is purged brings nothing back, and its place is not given again, not even after a restart.
    let acked = alice.try_mutate(vec![send_again]).await.unwrap();
    assert!(matches!(&acked[0].outcome, Outcome::Applied(parts) if parts.iter().all(|part| part.rows.is_empty())), "{acked:?}");
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    assert_eq!(alice.send(conversation, "four").await.pos, 4);
    assert_eq!(bob.unread(conversation).await, 3);
    assert_eq!(alice.delete((conversation, sent[2].id)).await.unwrap_err(), ApiError::not_found());
}
