//! What people star and hide for themselves, and pin for everybody.

use crate::{
    channels,
    host::{Database, Host},
    person::{Person, message},
};
use hearth_protocol::{
    Millis,
    body::Body,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MessageId, MutationId},
    limits::PINS_MAX,
    mutation::{Mutation, Part},
    mutations::{CancelScheduled, HideMessage, PinMessage, ScheduleMessage, Star},
    rows::{HiddenRow, PinRow, RowData, StarRow},
    stream::StreamId,
    sync::{From, Page},
};
use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

on_both_databases!(
    a_star_is_its_persons_alone_and_goes_with_its_message,
    what_one_does_not_see_one_does_not_star,
    a_pin_is_for_everybody_and_goes_with_its_message,
    who_manages_a_channel_pins_in_it,
    so_many_are_pinned_and_no_more,
    what_is_no_longer_kept_is_neither_starred_nor_pinned,
    who_joins_late_sees_the_pins_of_what_they_see,
    stars_of_much_that_is_no_longer_kept_end_some_hundreds_at_a_time,
    what_has_ended_is_purged_and_older_cursors_are_reset,
    what_is_hidden_is_so_for_its_person_alone_and_until_it_goes,
    what_one_does_not_see_one_does_not_hide,
);

async fn star(person: &Person, (conversation, message): (ConversationId, MessageId), on: bool) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), Star { conversation, message, on }.into()).await
}

async fn pin(person: &Person, (conversation, message): (ConversationId, MessageId), on: bool) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), PinMessage { conversation, message, on }.into()).await
}

/// Also those that have ended.
async fn stars(person: &Person) -> Vec<StarRow> {
    let (part, _) = person.changes(StreamId::User(person.user), 0, 1_000).await;
    part.rows.into_iter().filter_map(|row| if let RowData::Star(row) = row.data { Some(row) } else { None }).collect()
}

async fn hide(person: &Person, (conversation, message): (ConversationId, MessageId), on: bool) -> Result<Vec<Part>, ApiError> {
    person.perform(MutationId::new(), HideMessage { conversation, message, on }.into()).await
}

/// Also what has ended.
async fn hidden(person: &Person) -> Vec<HiddenRow> {
    let (part, _) = person.changes(StreamId::User(person.user), 0, 1_000).await;
    part.rows.into_iter().filter_map(|row| if let RowData::Hidden(row) = row.data { Some(row) } else { None }).collect()
}

fn tomorrow() -> Millis {
    let tomorrow = SystemTime::now() + Duration::from_secs(24 * 60 * 60);
    Millis::try_from(tomorrow.duration_since(UNIX_EPOCH).expect("a clock").as_millis()).expect("a time")
}

/// As a first copy without messages has them.
async fn pins(person: &Person, conversation: ConversationId) -> Vec<PinRow> {
    let Page::Tail { part, .. } = person.page(StreamId::Conversation(conversation), From::Tail { messages: 0 }, 1_000).await else {
        panic!("no copy")
    };
    part.rows.into_iter().filter_map(|row| if let RowData::Pin(row) = row.data { Some(row) } else { None }).collect()
}

async fn a_star_is_its_persons_alone_and_goes_with_its_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "the recipe").await;
    let of = (conversation, sent.id);
    star(&bob, of, true).await.unwrap();
    star(&alice, of, true).await.unwrap();
    let [row] = &stars(&bob).await[..] else { panic!("one row") };
    assert_eq!((row.id, row.conversation, row.pos, row.ended_at), (sent.id, conversation, sent.pos, None));
    let head = bob.changes(StreamId::User(bob.user), 0, 1_000).await.1;
    star(&bob, of, true).await.unwrap();
    assert_eq!(bob.changes(StreamId::User(bob.user), 0, 1_000).await.1, head, "it is so already");
    star(&bob, of, false).await.unwrap();
    assert!(stars(&bob).await[0].ended_at.is_some());
    assert_eq!(stars(&alice).await[0].ended_at, None, "hers is another one");
    star(&bob, of, true).await.unwrap();
    assert_eq!(stars(&bob).await[0].ended_at, None);
    let told = alice.delete(of).await.unwrap();
    assert!(told.iter().all(|part| part.stream != StreamId::User(bob.user)), "nobody is told who has starred it");
    for person in [&alice, &bob] {
        assert!(stars(person).await[0].ended_at.is_some());
    }
    assert_eq!(star(&bob, of, true).await.unwrap(), [], "what is deleted is not starred");
    assert_eq!(star(&bob, (conversation, MutationId::new()), false).await.unwrap(), [], "there is none to take off");
}

async fn what_one_does_not_see_one_does_not_star(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Secrets", &[&bob], false).await;
    let before = alice.send(conversation, "before").await;
    alice.add(conversation, &carol).await.unwrap();
    let after = alice.send(conversation, "after").await;
    star(&carol, (conversation, after.id), true).await.unwrap();
    for act in [star(&carol, (conversation, before.id), true).await, pin(&carol, (conversation, before.id), true).await] {
        assert_eq!(act.unwrap_err(), ApiError::not_found());
    }
    let elsewhere = alice.direct(&carol).await;
    assert_eq!(star(&carol, (elsewhere, after.id), true).await.unwrap_err(), ApiError::not_found(), "it stands elsewhere");
    alice.remove(conversation, &carol).await.unwrap();
    alice.delete((conversation, after.id)).await.unwrap();
    assert!(stars(&carol).await[0].ended_at.is_some(), "also for who has left");
}

async fn a_pin_is_for_everybody_and_goes_with_its_message(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (first, second) = (alice.send(conversation, "noon").await, alice.send(conversation, "at the well").await);
    pin(&bob, (conversation, first.id), true).await.unwrap();
    pin(&alice, (conversation, first.id), true).await.unwrap();
    pin(&alice, (conversation, second.id), true).await.unwrap();
    let rows = pins(&alice, conversation).await;
    assert_eq!(
        rows.iter().map(|row| (row.id, row.pos, row.by)).collect::<Vec<_>>(),
        [(first.id, first.pos, bob.user), (second.id, second.pos, alice.user)]
    );
    assert_eq!(pins(&bob, conversation).await, rows);
    pin(&alice, (conversation, first.id), false).await.unwrap();
    let parts = alice.delete((conversation, second.id)).await.unwrap();
    let [part] = &parts[..] else { panic!("one stream") };
    assert!(part.rows.iter().any(|row| matches!(&row.data, RowData::Pin(row) if row.id == second.id && row.ended_at.is_some())));
    assert!(pins(&bob, conversation).await.iter().all(|row| row.ended_at.is_some()));
    assert_eq!(pin(&bob, (conversation, second.id), true).await.unwrap(), [], "what is deleted is not pinned");
}

async fn who_manages_a_channel_pins_in_it(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let group = channels::team(&alice, &[&bob]).await;
    let channel = channels::opens(&alice, channels::channel(group, "plans")).await;
    let sent = bob.send(channel, "me, me, me").await;
    assert_eq!(pin(&bob, (channel, sent.id), true).await.unwrap_err().code, ErrorCode::NotAllowed);
    pin(&alice, (channel, sent.id), true).await.unwrap();
    assert_eq!(pin(&bob, (channel, sent.id), false).await.unwrap_err().code, ErrorCode::NotAllowed);
    assert_eq!(pins(&bob, channel).await.len(), 1);
    // Whoever may delete it takes the pin with it.
    bob.delete((channel, sent.id)).await.unwrap();
    assert!(pins(&alice, channel).await[0].ended_at.is_some());
}

async fn so_many_are_pinned_and_no_more(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let mut sent = Vec::new();
    for number in 0..=PINS_MAX {
        sent.push((conversation, alice.send(conversation, &format!("{number}")).await.id));
    }
    for of in sent.iter().take(PINS_MAX) {
        pin(&alice, *of, true).await.unwrap();
    }
    assert_eq!(pin(&bob, sent[PINS_MAX], true).await.unwrap_err().code, ErrorCode::BadRequest);
    alice.delete(sent[0]).await.unwrap();
    pin(&bob, sent[PINS_MAX], true).await.unwrap();
    assert_eq!(pin(&alice, sent[0], true).await.unwrap(), []);
}

async fn what_is_no_longer_kept_is_neither_starred_nor_pinned(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let sent = alice.send(conversation, "old").await;
    star(&bob, (conversation, sent.id), true).await.unwrap();
    pin(&bob, (conversation, sent.id), true).await.unwrap();
    host.server().retain_now(i64::MAX).await.unwrap();
    assert!(stars(&bob).await[0].ended_at.is_some());
    assert_eq!(pins(&alice, conversation).await, []);
    let new = alice.send(conversation, "new").await;
    star(&bob, (conversation, new.id), true).await.unwrap();
    assert_eq!(star(&bob, (conversation, sent.id), true).await.unwrap_err(), ApiError::not_found());
}

async fn who_joins_late_sees_the_pins_of_what_they_see(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Walks", &[&bob], false).await;
    let before = alice.send(conversation, "before").await;
    alice.add(conversation, &carol).await.unwrap();
    let after = alice.send(conversation, "after").await;
    for message in [before.id, after.id] {
        pin(&bob, (conversation, message), true).await.unwrap();
    }
    let seen: Vec<_> = pins(&carol, conversation).await.into_iter().map(|row| row.id).collect();
    assert_eq!(seen, [after.id]);
    assert_eq!(pins(&bob, conversation).await.len(), 2);
}

async fn stars_of_much_that_is_no_longer_kept_end_some_hundreds_at_a_time(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    for _ in 0..6 {
        let ids: Vec<MutationId> = (0..100).map(|_| MutationId::new()).collect();
        alice.try_mutate(ids.iter().map(|id| Mutation::new(*id, message(conversation, "old"))).collect()).await.unwrap();
        let star = |id: &MutationId| Mutation::new(MutationId::new(), Star { conversation, message: *id, on: true });
        bob.try_mutate(ids.iter().map(star).collect()).await.unwrap();
        let hide = |id: &MutationId| Mutation::new(MutationId::new(), HideMessage { conversation, message: *id, on: true });
        alice.try_mutate(ids.iter().map(hide).collect()).await.unwrap();
    }
    let stream = StreamId::User(bob.user);
    let (part, head) = bob.changes(stream, 0, 1_000).await;
    assert_eq!(part.rows.iter().filter(|row| matches!(row.data, RowData::Star(_))).count(), 600);
    let hers = StreamId::User(alice.user);
    let her_head = alice.changes(hers, 0, 1_000).await.1;
    assert_eq!(hidden(&alice).await.len(), 600);
    host.server().retain_now(i64::MAX).await.unwrap();
    assert!(stars(&bob).await.iter().all(|row| row.ended_at.is_some()));
    assert!(hidden(&alice).await.iter().all(|row| row.ended_at.is_some()));
    assert_eq!(bob.changes(stream, head, 1_000).await.1, head + 2, "500 in the first commit, the others in the next");
    assert_eq!(alice.changes(hers, her_head, 1_000).await.1, her_head + 2, "and of what is hidden as many");
    host.server().retain_now(i64::MAX).await.unwrap();
    assert_eq!(bob.changes(stream, head, 1_000).await.1, head + 2, "there is nothing left to do");
}

async fn what_has_ended_is_purged_and_older_cursors_are_reset(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (kept, ended) = (alice.send(conversation, "kept").await, alice.send(conversation, "ended").await);
    for message in [kept.id, ended.id] {
        star(&bob, (conversation, message), true).await.unwrap();
        hide(&bob, (conversation, message), true).await.unwrap();
        pin(&bob, (conversation, message), true).await.unwrap();
    }
    let [waits, over] = [MutationId::new(), MutationId::new()];
    for id in [waits, over] {
        let schedule = ScheduleMessage { conversation, body: Body::text("later"), reply_to: None, send_at: tomorrow() };
        bob.perform(id, schedule.into()).await.unwrap();
    }
    let (mine, ours) = (StreamId::User(bob.user), StreamId::Conversation(conversation));
    let early = [bob.changes(mine, 0, 1_000).await.1, bob.changes(ours, 0, 1_000).await.1];
    star(&bob, (conversation, ended.id), false).await.unwrap();
    hide(&bob, (conversation, ended.id), false).await.unwrap();
    pin(&bob, (conversation, ended.id), false).await.unwrap();
    bob.perform(MutationId::new(), CancelScheduled { conversation, message: over }.into()).await.unwrap();
    host.server().purge_tombstones_now().await.unwrap();
    assert_eq!(pins(&bob, conversation).await.iter().map(|row| row.id).collect::<Vec<_>>(), [kept.id]);
    let Page::Tail { part, .. } = bob.page(mine, From::Tail { messages: 0 }, 1_000).await else { panic!("no copy") };
    let of = |data: &RowData| match data {
        RowData::Star(row) => Some(("star", row.id)),
        RowData::Hidden(row) => Some(("hidden", row.id)),
        RowData::Scheduled(row) => Some(("scheduled", row.id)),
        _ => None,
    };
    let left: BTreeSet<_> = part.rows.iter().filter_map(|row| of(&row.data)).collect();
    assert_eq!(left, [("star", kept.id), ("hidden", kept.id), ("scheduled", waits)].into());
    for (stream, seq) in [mine, ours].into_iter().zip(early) {
        let page = bob.page(stream, From::Cursor { seq, vis_ver: 1 }, 10).await;
        assert_eq!(page, Page::Reset { stream, vis_ver: 1 }, "who has not heard that it ended");
    }
    // It can be done again.
    star(&bob, (conversation, ended.id), true).await.unwrap();
    hide(&bob, (conversation, ended.id), true).await.unwrap();
    // What had been scheduled is known by its mutation even so.
    let again = ScheduleMessage { conversation, body: Body::text("another"), reply_to: None, send_at: tomorrow() };
    assert_eq!(bob.perform(over, again.into()).await.unwrap_err().code, ErrorCode::IdReused);
}

async fn what_is_hidden_is_so_for_its_person_alone_and_until_it_goes(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (first, second) = (alice.send(conversation, "old").await, alice.send(conversation, "the wrong word").await);
    let of = (conversation, second.id);
    let told = hide(&bob, of, true).await.unwrap();
    assert!(told.iter().all(|part| part.stream == StreamId::User(bob.user)), "nobody else is told");
    let [row] = &hidden(&bob).await[..] else { panic!("one row") };
    assert_eq!((row.id, row.conversation, row.pos, row.ended_at), (second.id, conversation, second.pos, None));
    assert_eq!(hidden(&alice).await, []);
    let head = bob.changes(StreamId::User(bob.user), 0, 1_000).await.1;
    hide(&bob, of, true).await.unwrap();
    assert_eq!(bob.changes(StreamId::User(bob.user), 0, 1_000).await.1, head, "it is so already");
    hide(&bob, of, false).await.unwrap();
    assert!(hidden(&bob).await[0].ended_at.is_some());
    assert_eq!(hide(&bob, (conversation, MutationId::new()), false).await.unwrap(), [], "there is nothing to show");
    // One's own too; it ends with the message, deleted or no longer kept.
    for (person, message) in [(&bob, second.id), (&alice, second.id), (&alice, first.id)] {
        hide(person, (conversation, message), true).await.unwrap();
    }
    let told = alice.delete(of).await.unwrap();
    assert!(told.iter().all(|part| part.stream != StreamId::User(bob.user)), "nobody is told who has hidden it");
    assert!(hidden(&bob).await[0].ended_at.is_some());
    let ended = |rows: &[HiddenRow], id| rows.iter().find(|row| row.id == id).is_some_and(|row| row.ended_at.is_some());
    let rows = hidden(&alice).await;
    assert_eq!((ended(&rows, second.id), ended(&rows, first.id)), (true, false));
    assert_eq!(hide(&bob, of, true).await.unwrap(), [], "what is deleted has nothing to hide");
    host.server().retain_now(i64::MAX).await.unwrap();
    assert!(ended(&hidden(&alice).await, first.id));
}

async fn what_one_does_not_see_one_does_not_hide(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.group("Secrets", &[&bob], false).await;
    let before = alice.send(conversation, "before").await;
    alice.add(conversation, &carol).await.unwrap();
    let after = alice.send(conversation, "after").await;
    hide(&carol, (conversation, after.id), true).await.unwrap();
    assert_eq!(hide(&carol, (conversation, before.id), true).await.unwrap_err(), ApiError::not_found());
    alice.remove(conversation, &carol).await.unwrap();
    hide(&carol, (conversation, after.id), false).await.unwrap();
    assert!(hidden(&carol).await[0].ended_at.is_some(), "who has left can still have it back");
    assert_eq!(hide(&carol, (conversation, after.id), true).await.unwrap_err(), ApiError::not_found());
}
