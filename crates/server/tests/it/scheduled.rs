//! Messages that the server sends at their time: once, as their authors could send them then, and never without their knowing.

use crate::{
    host::{Database, Host},
    person::{Person, messages, texts},
};
use hearth_protocol::{
    Millis,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MessageId, MutationId},
    limits,
    mutation::{Mutation, Outcome, Part},
    mutations::{BlockUser, CancelScheduled, ChangeScheduled, Intent, ScheduleMessage, UnblockUser},
    rows::{RowData, ScheduledRow, ScheduledState},
    stream::StreamId,
};
use std::{
    fs,
    time::{SystemTime, UNIX_EPOCH},
};

on_both_databases!(
    it_is_sent_at_its_time_and_once,
    what_is_changed_goes_out_as_it_is_then_and_what_is_given_up_does_not,
    what_is_late_goes_out_in_the_order_of_its_times_also_after_a_stop,
    what_may_not_be_sent_then_fails_with_its_words_and_can_be_sent_later,
    who_is_named_and_answered_is_told_when_it_is_sent,
    so_many_wait_for_so_long_and_no_more,
    what_arrives_after_its_time_leaves_room_for_what_comes_behind_it,
    it_goes_with_the_account,
);

const HOUR_MS: Millis = 60 * 60 * 1_000;

fn now() -> Millis {
    Millis::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_millis()).expect("a time")
}

fn later(conversation: ConversationId, text: &str, send_at: Millis) -> ScheduleMessage {
    ScheduleMessage { conversation, body: Body::text(text), reply_to: None, send_at }
}

async fn try_schedule(by: &Person, message: ScheduleMessage) -> Result<MessageId, ApiError> {
    let id = MutationId::new();
    by.perform(id, message.into()).await.map(|_| id)
}

async fn schedule(by: &Person, conversation: ConversationId, text: &str, send_at: Millis) -> MessageId {
    try_schedule(by, later(conversation, text, send_at)).await.expect("it is scheduled")
}

async fn change(by: &Person, of: (ConversationId, MessageId), based_on: u32, text: Option<&str>) -> Result<Vec<Part>, ApiError> {
    let (conversation, message) = of;
    let change = ChangeScheduled { conversation, message, based_on, body: text.map(Body::text), send_at: None };
    by.perform(MutationId::new(), change.into()).await
}

/// Has it sent now.
async fn release(by: &Person, of: (ConversationId, MessageId), based_on: u32) -> Result<Vec<Part>, ApiError> {
    let (conversation, message) = of;
    by.perform(MutationId::new(), ChangeScheduled { conversation, message, based_on, body: None, send_at: Some(0) }.into()).await
}

async fn cancel(by: &Person, (conversation, message): (ConversationId, MessageId)) -> Result<Vec<Part>, ApiError> {
    by.perform(MutationId::new(), CancelScheduled { conversation, message }.into()).await
}

/// Also what was sent or given up.
async fn rows(of: &Person) -> Vec<ScheduledRow> {
    let (part, _) = of.changes(StreamId::User(of.user), 0, 1_000).await;
    part.rows.into_iter().filter_map(|row| if let RowData::Scheduled(row) = row.data { Some(row) } else { None }).collect()
}

async fn row(of: &Person, id: MessageId) -> ScheduledRow {
    rows(of).await.into_iter().find(|row| row.id == id).expect("its row")
}

async fn said(by: &Person, conversation: ConversationId) -> Vec<String> {
    texts(&by.messages(conversation).await)
}

async fn it_is_sent_at_its_time_and_once(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let at = now() + HOUR_MS;
    let id = schedule(&alice, conversation, "happy birthday", at).await;
    let waits = row(&alice, id).await;
    assert_eq!((waits.state, waits.send_at, waits.body), (ScheduledState::Waiting, at, Some(Body::text("happy birthday"))));
    assert_eq!(rows(&bob).await, [], "nobody hears of it before");
    host.server().send_scheduled_now(at - 1).await.unwrap();
    assert!(said(&bob, conversation).await.is_empty());
    let mut socket = bob.socket().await;
    for _ in 0..2 {
        host.server().send_scheduled_now(at).await.unwrap();
    }
    let pushed = messages(&socket.rows(StreamId::Conversation(conversation)).await.rows);
    assert_eq!(pushed.iter().map(|row| (row.id, row.sender, row.created_at)).collect::<Vec<_>>(), [(id, alice.user, at)]);
    assert_eq!(said(&bob, conversation).await, ["happy birthday"]);
    let sent = row(&alice, id).await;
    assert_eq!((sent.state, sent.body, sent.reply_to), (ScheduledState::Sent, None, None));
    let error = alice.perform(id, crate::person::message(conversation, "the same id")).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::IdReused);
    alice.edit((conversation, id), 0, "happy birthday!").await.unwrap();
}

async fn what_is_changed_goes_out_as_it_is_then_and_what_is_given_up_does_not(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let at = now() + HOUR_MS;
    let kept = (conversation, schedule(&alice, conversation, "at noon", at).await);
    let given_up = (conversation, schedule(&alice, conversation, "never", at).await);
    change(&alice, kept, 0, Some("at one")).await.unwrap();
    let conflict = change(&alice, kept, 0, Some("at two")).await.unwrap_err();
    assert_eq!(conflict.code, ErrorCode::EditConflict);
    let current = conflict.current.expect("what it is now").rows.remove(0);
    assert!(matches!(current.data, RowData::Scheduled(row) if row.body == Some(Body::text("at one")) && row.revision == 1));
    for _ in 0..2 {
        cancel(&alice, given_up).await.unwrap();
    }
    assert_eq!((row(&alice, given_up.1).await.state, row(&alice, given_up.1).await.body), (ScheduledState::Cancelled, None));
    assert_eq!(change(&alice, given_up, 1, Some("after all")).await.unwrap_err().code, ErrorCode::EditConflict);
    host.server().send_scheduled_now(at).await.unwrap();
    assert_eq!(said(&bob, conversation).await, ["at one"]);
    for late in [change(&alice, kept, 2, Some("at three")).await, cancel(&alice, kept).await, release(&alice, kept, 2).await] {
        assert_eq!(late.unwrap_err().code, ErrorCode::EditConflict, "it has gone out");
    }
    let now_then = (conversation, schedule(&alice, conversation, "at once", now() + HOUR_MS).await);
    release(&alice, now_then, 0).await.unwrap();
    host.server().send_scheduled_now(now() + 1_000).await.unwrap();
    assert_eq!(said(&bob, conversation).await, ["at one", "at once"]);
}

async fn what_is_late_goes_out_in_the_order_of_its_times_also_after_a_stop(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let at = now() + HOUR_MS;
    for (by, text, minutes) in [(&alice, "third", 3), (&bob, "first", 1), (&alice, "second", 2), (&bob, "not yet", 9)] {
        schedule(by, conversation, text, at + minutes * 60_000).await;
    }
    host.restart().await;
    host.server().send_scheduled_now(at + 5 * 60_000).await.unwrap();
    assert_eq!(said(&alice.at(&host), conversation).await, ["first", "second", "third"]);
}

async fn what_may_not_be_sent_then_fails_with_its_words_and_can_be_sent_later(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (group, direct) = (alice.group("Walks", &[&bob], true).await, alice.direct(&bob).await);
    let at = now() + HOUR_MS;
    let (in_group, in_direct) = (schedule(&bob, group, "who comes?", at).await, schedule(&bob, direct, "are you there?", at).await);
    alice.remove(group, &bob).await.unwrap();
    alice.perform(MutationId::new(), BlockUser { user: bob.user }.into()).await.unwrap();
    host.server().send_scheduled_now(at).await.unwrap();
    for (id, words) in [(in_group, "who comes?"), (in_direct, "are you there?")] {
        let failed = row(&bob, id).await;
        assert_eq!((failed.state, failed.reason), (ScheduledState::Failed, Some(ErrorCode::NotFound)));
        assert_eq!(failed.body, Some(Body::text(words)), "nothing typed is lost");
    }
    assert!(said(&alice, group).await.is_empty() && said(&alice, direct).await.is_empty());
    host.server().send_scheduled_now(at + HOUR_MS).await.unwrap();
    assert_eq!(row(&bob, in_group).await.revision, 1, "it is not tried again by itself");
    alice.perform(MutationId::new(), UnblockUser { user: bob.user }.into()).await.unwrap();
    alice.add(group, &bob).await.unwrap();
    release(&bob, (group, in_group), 1).await.unwrap();
    host.server().send_scheduled_now(now() + 1_000).await.unwrap();
    assert_eq!(said(&alice, group).await, ["who comes?"]);
    cancel(&bob, (direct, in_direct)).await.unwrap();
    assert_eq!(row(&bob, in_direct).await.state, ScheduledState::Cancelled);
}

async fn who_is_named_and_answered_is_told_when_it_is_sent(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = alice.group("Walks", &[&bob], true).await;
    let original = bob.send(group, "who comes?").await.id;
    let at = now() + HOUR_MS;
    let body = Body::naming("@bob I do", [bob.user].into());
    let answer = ScheduleMessage { conversation: group, body, reply_to: Some(original), send_at: at };
    let id = try_schedule(&alice, answer).await.unwrap();
    let told = async || {
        let rows = bob.changes(StreamId::User(bob.user), 0, 1_000).await.0.rows;
        rows.iter().filter(|row| matches!(&row.data, RowData::Notification(row) if row.id.0 == id.0)).count()
    };
    assert_eq!(told().await, 0);
    host.server().send_scheduled_now(at).await.unwrap();
    assert_eq!(told().await, 1);
    assert_eq!(alice.messages(group).await.last().and_then(|row| row.reply_to), Some(original));
    let missing = ScheduleMessage { reply_to: Some(MutationId::new()), ..later(group, "to whom?", at) };
    assert_eq!(try_schedule(&alice, missing).await.unwrap_err(), ApiError::not_found());
}

async fn so_many_wait_for_so_long_and_no_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let too_far = try_schedule(&alice, later(conversation, "in two years", now() + limits::SCHEDULE_MS_MAX + HOUR_MS)).await;
    assert_eq!(too_far.unwrap_err().code, ErrorCode::BadRequest);
    assert_eq!(try_schedule(&alice, later(conversation, " ", now() + HOUR_MS)).await.unwrap_err().code, ErrorCode::BadRequest);
    let mut ids = vec![];
    for number in 0..limits::SCHEDULED_MAX {
        ids.push(schedule(&alice, conversation, &format!("{number}"), now() + HOUR_MS).await);
    }
    let [first, second, third, ..] = ids[..] else { panic!("a hundred") };
    let one_more = later(conversation, "one more", now() + HOUR_MS);
    assert_eq!(try_schedule(&alice, one_more.clone()).await.unwrap_err().code, ErrorCode::BadRequest);
    cancel(&alice, (conversation, first)).await.unwrap();
    // In one batch: what is changed there is one still, and what is given up there makes room.
    let change = ChangeScheduled { conversation, message: second, based_on: 0, body: Some(Body::text("otherwise")), send_at: None };
    let cancel = CancelScheduled { conversation, message: third };
    for before in [Intent::from(change), Intent::from(cancel)] {
        let both = [before, Intent::from(one_more.clone())].map(|intent| Mutation::new(MutationId::new(), intent));
        let acked = alice.try_mutate(both.to_vec()).await.unwrap();
        assert!(acked.iter().all(|acked| matches!(acked.outcome, Outcome::Applied(_))), "{acked:?}");
    }
    assert_eq!(try_schedule(&alice, one_more).await.unwrap_err().code, ErrorCode::BadRequest);
}

async fn what_arrives_after_its_time_leaves_room_for_what_comes_behind_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let id = schedule(&alice, conversation, "written in the tunnel", now() - HOUR_MS).await;
    let send_at = row(&alice, id).await.send_at;
    assert!((now()..=now() + limits::SCHEDULE_LATE_MS).contains(&send_at));
    change(&alice, (conversation, id), 0, Some("and put right there")).await.unwrap();
    host.server().send_scheduled_now(send_at).await.unwrap();
    assert_eq!(said(&bob, conversation).await, ["and put right there"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restored_backup_brings_back_waits_for_its_author() {
    let mut host = Host::start(Database::Sqlite).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let soon = now() + HOUR_MS / 2;
    let reworded = (conversation, schedule(&alice, conversation, "happy birthday", soon).await);
    let given_up = (conversation, schedule(&alice, conversation, "I quit", soon).await);
    let far = schedule(&alice, conversation, "in a week", now() + 7 * 24 * HOUR_MS).await;
    host.stop().await;
    let (database, backup) = (host.config.data_dir.join("hearth.db"), host.folder.path().join("backup.db"));
    fs::copy(&database, &backup).unwrap();
    host.run().await;
    let there = alice.at(&host);
    change(&there, reworded, 0, Some("happy birthday, Bob")).await.unwrap();
    cancel(&there, given_up).await.unwrap();
    host.stop().await;
    for leftover in ["hearth.db-wal", "hearth.db-shm"] {
        let _ = fs::remove_file(host.config.data_dir.join(leftover));
    }
    fs::copy(&backup, &database).unwrap();
    host.run().await;

    let (alice, bob) = (host.returning("alice").await, host.returning("bob").await);
    host.server().send_scheduled_now(soon).await.unwrap();
    assert!(said(&bob, conversation).await.is_empty(), "nobody knows whether it is still wanted");
    for (of, text) in [(reworded, "happy birthday"), (given_up, "I quit")] {
        let row = row(&alice, of.1).await;
        assert_eq!((row.state, row.reason, row.revision), (ScheduledState::Failed, Some(ErrorCode::Restored), 0));
        assert_eq!(row.body, Some(Body::text(text)));
    }
    assert_eq!(row(&alice, far).await.state, ScheduledState::Waiting, "until then there is time to give it up");

    // What was done after the backup comes again, in its order, with some seconds for what is behind it.
    change(&alice, reworded, 0, Some("happy birthday, Bob")).await.unwrap();
    change(&alice, given_up, 0, Some("I quit.")).await.unwrap();
    host.server().send_scheduled_now(now()).await.unwrap();
    cancel(&alice, given_up).await.unwrap();
    host.server().send_scheduled_now(soon + limits::SCHEDULE_LATE_MS).await.unwrap();
    assert_eq!(said(&bob, conversation).await, ["happy birthday, Bob"]);
    // It is stopped once: what is scheduled from then on goes out at its time.
    let next = now() + limits::SCHEDULE_MS_MIN;
    schedule(&alice, conversation, "and many more", next).await;
    host.server().send_scheduled_now(next).await.unwrap();
    assert_eq!(said(&bob, conversation).await, ["happy birthday, Bob", "and many more"]);
}

async fn it_goes_with_the_account(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let at = now() + HOUR_MS;
    schedule(&bob, conversation, "from beyond", at).await;
    crate::deletions::delete(&bob, crate::host::PASSWORD).await.unwrap();
    host.server().send_scheduled_now(at).await.unwrap();
    assert!(alice.messages(conversation).await.iter().all(|row| row.sender != bob.user));
}
