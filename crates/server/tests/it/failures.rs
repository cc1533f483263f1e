//! What happens when the storage fails.

use crate::{
    host::{Database, Host},
    person::{message, texts},
};
use hearth_protocol::{
    error::{ErrorClass, ErrorCode},
    ids::MutationId,
    mutation::{Acked, Mutation, Outcome},
};

on_both_databases!(a_failed_commit_acknowledges_nothing_and_ends_the_server);

async fn a_failed_commit_acknowledges_nothing_and_ends_the_server(database: Database) {
    let mut host = Host::start(database).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    alice.send(conversation, "durable").await;
    host.faults().fail_next_commit();
    let refused = alice.try_send(conversation, "lost").await.unwrap_err();
    assert_eq!((refused.code, refused.class()), (ErrorCode::Unavailable, ErrorClass::Retry));
    assert!(host.server().failed().await.contains("injected"), "the reason is told");
    let after = alice.try_send(conversation, "too late").await.unwrap_err();
    assert_eq!(after.code, ErrorCode::Unavailable);
    assert_eq!(host.get::<serde_json::Value>("/healthz").await.unwrap_err().code, ErrorCode::Unavailable);
    host.restart().await;
    let alice = alice.at(&host);
    assert_eq!(texts(&alice.messages(conversation).await), ["durable"]);
    alice.send(conversation, "again").await;
}

/// PostgreSQL's disk is not ours to fill.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_for_now_and_recovers() {
    let host = Host::start(Database::Sqlite).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    alice.send(conversation, "before").await;
    host.faults().disk_full(true);
    let large = "x".repeat(15_000);
    let mut stored = 1;
    // Pages that are free already are used up first.
    let refused = loop {
        match alice.try_send(conversation, &large).await {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 100, "the disk is never full");
    };
    assert_eq!((refused.code, refused.class()), (ErrorCode::StorageFull, ErrorClass::Retry));
    assert!(refused.retry_after_ms.is_some());
    assert_eq!(alice.messages(conversation).await.len(), stored, "reading goes on");
    host.faults().disk_full(false);
    let sent = alice.send(conversation, &large).await;
    assert_eq!(sent.pos, stored as u64 + 1, "what was refused took no place");
}

/// Once there is room, what was refused comes first: nothing that was sent behind it may have got in between.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_behind_a_refusal_waits_with_it() {
    let host = Host::start(Database::Sqlite).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let conversation = alice.direct(&bob).await;
    let large = "x".repeat(15_000);
    host.faults().disk_full(true);
    while alice.try_send(conversation, &large).await.is_ok() {}
    let before = alice.messages(conversation).await.len();
    let batch = [large.as_str(), "small"].map(|text| Mutation::new(MutationId::new(), message(conversation, text)));
    let results = alice.try_mutate(batch.to_vec()).await.unwrap();
    let refused = |acked: &Acked| matches!(&acked.outcome, Outcome::Refused(error) if error.code == ErrorCode::StorageFull);
    assert!(results.iter().all(refused), "{results:?}");
    assert_eq!(alice.messages(conversation).await.len(), before);
    host.faults().disk_full(false);
    let results = alice.try_mutate(batch.to_vec()).await.unwrap();
    assert!(!results.iter().any(refused));
    assert_eq!(texts(&alice.messages(conversation).await)[before..], [large, "small".into()]);
}
