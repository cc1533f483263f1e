//! What mutations promise: once, in order, with dense numbers, and only where one may.

use crate::{
    host::{Database, Host},
    person::{message, messages, texts},
};
use futures::{StreamExt as _, stream::FuturesUnordered};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MutationId},
    limits,
    mutation::{Acked, Mutation, Outcome, Part},
    mutations::{CreateDirect, Intent, MarkRead},
    row::Row,
    stream::StreamId,
};
use std::collections::BTreeSet;

on_both_databases!(
    a_retry_gets_the_same_rows,
    an_id_means_one_thing_of_one_person,
    a_batch_keeps_its_order_and_numbers_are_dense,
    writing_at_once_loses_and_doubles_nothing,
    a_direct_conversation_is_opened_once,
    what_breaks_a_rule_is_refused_alone,
    a_full_queue_refuses_for_now,
    what_is_taken_back_never_comes_and_what_came_is_not_taken_back,
);

fn rows(parts: Vec<Part>) -> Vec<Row> {
    parts.into_iter().flat_map(|part| part.rows).collect()
}

async fn a_retry_gets_the_same_rows(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let id = MutationId::new();
    let create = Intent::CreateDirect(CreateDirect { conversation: ConversationId::direct(alice.user, bob.user), peer: bob.user });
    let first = rows(alice.perform(id, create.clone()).await.unwrap());
    let conversation = ConversationId::direct(alice.user, bob.user);
    assert_eq!(first.len(), 4, "membership, conversation, two members: {first:?}");
    let mut again = rows(alice.perform(id, create).await.unwrap());
    again.sort_by_key(|row| row.data.key());
    let mut sorted = first;
    sorted.sort_by_key(|row| row.data.key());
    assert_eq!(again, sorted);

    let id = MutationId::new();
    let first = rows(alice.perform(id, message(conversation, "once")).await.unwrap());
    let twice = vec![Mutation::new(id, message(conversation, "once")); 2];
    for acked in alice.try_mutate(twice).await.unwrap() {
        let Outcome::Applied(parts) = acked.outcome else { panic!("refused") };
        assert_eq!(rows(parts), first);
    }
    let read = MutationId::new();
    let marker = rows(bob.perform(read, Intent::MarkRead(MarkRead { conversation, pos: 1 })).await.unwrap());
    assert_eq!(rows(bob.perform(read, Intent::MarkRead(MarkRead { conversation, pos: 1 })).await.unwrap()), marker);
    assert_eq!(texts(&bob.messages(conversation).await), ["once"]);
}

async fn an_id_means_one_thing_of_one_person(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let id = MutationId::new();
    alice.perform(id, message(conversation, "mine")).await.unwrap();
    let other = alice.perform(id, message(conversation, "something else")).await.unwrap_err();
    let foreign = bob.perform(id, message(conversation, "mine")).await.unwrap_err();
    assert_eq!((other.code, foreign.code), (ErrorCode::IdReused, ErrorCode::IdReused));
    assert_eq!(texts(&alice.messages(conversation).await), ["mine"]);
}

async fn a_batch_keeps_its_order_and_numbers_are_dense(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let batch = |words: &[&str]| words.iter().map(|word| Mutation::new(MutationId::new(), message(conversation, word))).collect();
    let acked = alice.try_mutate(batch(&["one", "two"])).await.unwrap();
    bob.try_mutate(batch(&["three", "four", "five"])).await.unwrap();
    assert!(acked.iter().all(|acked| matches!(acked.outcome, Outcome::Applied(_))));
    let (part, head) = alice.changes(StreamId::Conversation(conversation), 0, 1_000).await;
    let sent = messages(&part.rows);
    assert_eq!(texts(&sent), ["one", "two", "three", "four", "five"]);
    assert_eq!(sent.iter().map(|message| message.pos).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(part.rows.iter().map(|row| row.seq).collect::<BTreeSet<_>>(), (1..=head).collect());
}

async fn writing_at_once_loses_and_doubles_nothing(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let writers: FuturesUnordered<_> = (0..40_u32)
        .map(|number| {
            let writer = if number % 2 == 0 { alice.clone() } else { bob.clone() };
            async move { writer.send(conversation, &number.to_string()).await }
        })
        .collect();
    let sent: Vec<_> = writers.collect().await;
    let stored = alice.messages(conversation).await;
    assert_eq!(stored.iter().map(|message| message.pos).collect::<Vec<_>>(), (1..=40).collect::<Vec<_>>());
    assert_eq!(texts(&stored).into_iter().collect::<BTreeSet<_>>().len(), 40);
    assert!(sent.iter().all(|message| stored.contains(message)), "everybody was told what is stored");
}

async fn a_direct_conversation_is_opened_once(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.direct(&bob).await;
    let head = alice.changes(StreamId::Members(conversation), 0, 100).await.1;
    assert_eq!(bob.direct(&alice).await, conversation);
    let (members, again) = alice.changes(StreamId::Members(conversation), 0, 100).await;
    assert_eq!((members.rows.len(), again), (2, head));
    // Another's conversation, oneself, and nobody.
    let open = |conversation, peer| Intent::CreateDirect(CreateDirect { conversation, peer });
    let foreign = carol.perform(MutationId::new(), open(conversation, bob.user)).await.unwrap_err();
    let alone = alice.perform(MutationId::new(), open(ConversationId::direct(alice.user, alice.user), alice.user)).await.unwrap_err();
    let nobody = hearth_protocol::ids::UserId::new();
    let missing = alice.perform(MutationId::new(), open(ConversationId::direct(alice.user, nobody), nobody)).await.unwrap_err();
    assert_eq!((foreign.code, alone.code, missing.code), (ErrorCode::BadRequest, ErrorCode::BadRequest, ErrorCode::NotFound));
}

async fn what_breaks_a_rule_is_refused_alone(database: Database) {
    let host = Host::start(database).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let conversation = alice.direct(&bob).await;
    let long = "x".repeat(limits::TEXT_CHARS_MAX + 1);
    let batch = ["before", " ", &long, "after"].map(|text| Mutation::new(MutationId::new(), message(conversation, text)));
    let outcomes: Vec<Option<ErrorCode>> = alice
        .try_mutate(batch.to_vec())
        .await
        .unwrap()
        .into_iter()
        .map(|acked| match acked.outcome {
            Outcome::Applied(_) => None,
            Outcome::Refused(error) => Some(error.code),
        })
        .collect();
    assert_eq!(outcomes, [None, Some(ErrorCode::BadRequest), Some(ErrorCode::MessageTooLong), None]);
    assert_eq!(alice.messages(conversation).await.iter().map(|message| message.pos).collect::<Vec<_>>(), [1, 2]);
    let foreign = carol.try_send(conversation, "let me in").await.unwrap_err();
    let missing = carol.try_send(ConversationId::new(), "let me in").await.unwrap_err();
    assert_eq!((&foreign, &missing), (&ApiError::not_found(), &ApiError::not_found()));
    let many = (0..=limits::MUTATIONS_PER_BATCH_MAX).map(|_| Mutation::new(MutationId::new(), message(conversation, "x")));
    assert_eq!(alice.try_mutate(many.collect()).await.unwrap_err().code, ErrorCode::TooLarge);
}

async fn a_full_queue_refuses_for_now(database: Database) {
    let host = Host::start_with(database, |config| config.limits.commit_queue_max = 2).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    host.faults().hold_commits(true);
    // Two may be with the committer already and two wait; the other four find no room.
    let mut sending: FuturesUnordered<_> = (0..8)
        .map(|number| {
            let alice = alice.clone();
            async move { alice.try_send(conversation, &number.to_string()).await }
        })
        .collect();
    let mut refused = 0;
    let mut accepted = 0;
    while refused < 4 {
        match sending.next().await.expect("one of them is refused") {
            Ok(_) => accepted += 1,
            Err(error) => {
                assert_eq!(error.code, ErrorCode::RateLimited);
                assert!(error.retry_after_ms.is_some());
                refused += 1;
            }
        }
    }
    host.faults().hold_commits(false);
    while let Some(result) = sending.next().await {
        match result {
            Ok(_) => accepted += 1,
            Err(error) => assert_eq!(error.code, ErrorCode::RateLimited),
        }
    }
    assert!(accepted >= 2);
    assert_eq!(alice.messages(conversation).await.len(), accepted, "what was refused left nothing");
    alice.send(conversation, "there is room again").await;
}

async fn what_is_taken_back_never_comes_and_what_came_is_not_taken_back(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let (sent, unsent) = (MutationId::new(), MutationId::new());
    let applied = alice.perform(sent, message(conversation, "sent")).await.unwrap();
    let refused = |acked: &Acked| if let Outcome::Refused(error) = &acked.outcome { Some(error.code) } else { None };
    // Twice, over both doors: the same answers.
    let mut socket = alice.socket().await;
    for _ in 0..2 {
        socket.cancel(vec![sent, unsent]).await;
        let answers = [socket.acked().await, alice.cancel(vec![sent, unsent]).await];
        for acked in answers {
            assert_eq!(acked.iter().map(|acked| acked.id).collect::<Vec<_>>(), [sent, unsent]);
            assert!(matches!(&acked[0].outcome, Outcome::Applied(parts) if *parts == applied), "{acked:?}");
            assert_eq!(refused(&acked[1]), Some(ErrorCode::Cancelled));
        }
    }
    host.restart().await;
    let (alice, bob) = (alice.at(&host), bob.at(&host));
    assert_eq!(alice.perform(unsent, message(conversation, "unsent")).await.unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(texts(&bob.messages(conversation).await), ["sent"]);
    // Nobody learns of another's mutations, or takes them back.
    let foreign = bob.cancel(vec![sent, unsent]).await;
    assert!(foreign.iter().all(|acked| refused(acked) == Some(ErrorCode::IdReused)), "{foreign:?}");
    // One after the other in one batch: the order decides.
    let (first, second) = (MutationId::new(), MutationId::new());
    let mut socket = alice.socket().await;
    host.faults().hold_commits(true);
    socket.mutate(vec![Mutation::new(first, message(conversation, "in time"))]).await;
    socket.cancel(vec![first, second]).await;
    socket.mutate(vec![Mutation::new(second, message(conversation, "too late"))]).await;
    host.faults().hold_commits(false);
    let mut acked = Vec::new();
    while acked.len() < 4 {
        acked.extend(socket.acked().await);
    }
    assert_eq!(acked.iter().map(refused).collect::<Vec<_>>(), [None, None, Some(ErrorCode::Cancelled), Some(ErrorCode::Cancelled)]);
    assert_eq!(texts(&bob.messages(conversation).await), ["sent", "in time"]);
}
