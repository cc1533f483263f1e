//! What one person's requests may cost together.

use crate::{
    host::{Database, Host},
    person::{Person, message},
    pictures,
};
use hearth_protocol::{
    body::Body,
    digest::DigestsRequest,
    error::{ApiError, ErrorCode},
    ids::{ConversationId, MediaId, MutationId},
    mutation::{Mutation, Outcome},
    mutations::{DeleteConversation, EditMessage, React, SendMessage},
    profile::ProfilesRequest,
    search::SearchRequest,
    stream::StreamId,
    sync::{From, HeadsRequest, Want, Watermark},
};
use hearth_server::Rate;
use serde_json::Value;

on_both_databases!(
    whatever_is_work_takes_from_one_budget,
    who_reads_much_waits_and_others_do_not,
    what_stands_on_a_message_costs_whoever_reads_it,
    what_is_everybodys_costs_more_than_what_is_somebodys,
);

/// One request of each kind; what becomes of it.
async fn asks_for_everything(person: &Person, conversation: ConversationId) -> Vec<(&'static str, Result<(), ApiError>)> {
    let heads = HeadsRequest { epoch: Some(person.epoch), watermark: Watermark::new() };
    let digests = DigestsRequest { epoch: person.epoch, segments: vec![] };
    let want = Want { stream: StreamId::Conversation(conversation), from: From::Tail { messages: 10 } };
    let (sent, picture) = (Mutation::new(MutationId::new(), message(conversation, "hello")), MediaId::new());
    let cancel = serde_json::json!({ "ids": [MutationId::new()] });
    let fetched = pictures::fetch(person, picture).await.map(drop);
    let fetched = fetched.map_err(|(_, body)| serde_json::from_str::<ApiError>(&body).expect("an error"));
    vec![
        ("heads", person.post::<Value>("/v1/sync/heads", &heads).await.map(drop)),
        ("pull", person.pull(vec![want], 100).await.map(drop)),
        ("history", person.history(conversation, None, 10).await.map(drop)),
        ("place", person.place_at(conversation, 0).await.map(drop)),
        ("search", person.search(&SearchRequest::default()).await.map(drop)),
        ("versions", person.versions((conversation, MutationId::new())).await.map(drop)),
        ("digests", person.post::<Value>("/v1/sync/digests", &digests).await.map(drop)),
        ("people", person.get::<Value>("/v1/people?q=bob").await.map(drop)),
        ("profiles", person.post::<Value>("/v1/profiles", &ProfilesRequest::default()).await.map(drop)),
        ("mutations", person.try_mutate(vec![sent]).await.map(drop)),
        ("cancel", person.post::<Value>("/v1/mutations/cancel", &cancel).await.map(drop)),
        ("a picture", fetched),
        ("to show oneself", pictures::put_at(person, "/v1/account/picture", pictures::png([1, 2, 3])).await.map(drop)),
    ]
}

async fn whatever_is_work_takes_from_one_budget(database: Database) {
    // Nothing comes back in the time of a test.
    let host = Host::start_with(database, |config| config.limits.costs = Rate { burst: 2_000, per_minute: 1 }).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let direct = alice.direct(&bob).await;
    for (what, answer) in asks_for_everything(&alice, direct).await {
        assert!(answer.as_ref().err().is_none_or(|error| error.code == ErrorCode::NotFound), "{what}: {answer:?}");
    }
    while alice.history(direct, None, 1_000).await.is_ok() {}
    while alice.history(direct, None, 1).await.is_ok() {}
    // What is said over the socket takes from it too, and says so in its place.
    let mut socket = alice.socket().await;
    let ids = [MutationId::new(), MutationId::new()];
    socket.mutate(ids.iter().map(|id| Mutation::new(*id, message(direct, "hello"))).collect()).await;
    for acked in socket.acked().await {
        let Outcome::Refused(error) = acked.outcome else { panic!("{acked:?}") };
        assert!(error.code == ErrorCode::RateLimited && error.retry_after_ms.is_some() && ids.contains(&acked.id), "{error:?}");
    }
    for (what, answer) in asks_for_everything(&alice, direct).await {
        let refused = answer.err().unwrap_or_else(|| panic!("{what} is let through"));
        assert!(refused.code == ErrorCode::RateLimited && refused.retry_after_ms.is_some(), "{what}: {refused:?}");
    }
    // On another device of hers as well; and somebody else has a budget of their own.
    let elsewhere = host.returning("alice").await;
    assert_eq!(elsewhere.history(direct, None, 10).await.map(drop).unwrap_err().code, ErrorCode::RateLimited);
    bob.send(direct, "are you there?").await;
}

async fn who_reads_much_waits_and_others_do_not(database: Database) {
    let host = Host::start_with(database, |config| config.limits.costs = Rate { burst: 200, per_minute: 60_000 }).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let direct = alice.direct(&bob).await;
    let refused = loop {
        if let Err(error) = alice.history(direct, None, 1_000).await {
            break error;
        }
    };
    bob.send(direct, "hello").await;
    tokio::time::sleep(std::time::Duration::from_millis(refused.retry_after_ms.unwrap())).await;
    assert!(alice.history(direct, None, 1_000).await.is_ok(), "as long as it was told to wait is long enough");
}

async fn what_stands_on_a_message_costs_whoever_reads_it(database: Database) {
    let host = Host::start_with(database, |config| config.limits.costs = Rate { burst: 600, per_minute: 1 }).await;
    let (alice, bob, carol) = (host.resident("alice").await, host.resident("bob").await, host.resident("carol").await);
    let (busy, plain) = (alice.direct(&bob).await, alice.direct(&carol).await);
    let sent = alice.send(busy, "hello").await;
    alice.send(plain, "hello").await;
    for emoji in ["👍", "❤️", "🎉", "🔥", "👀", "😀", "🚀", "🙏"] {
        for person in [&alice, &bob] {
            let react = React { conversation: busy, message: sent.id, emoji: emoji.into(), on: true };
            person.perform(MutationId::new(), react.into()).await.unwrap();
        }
    }
    let pages = async |person: &Person, conversation| {
        let mut pages = 0;
        while person.history(conversation, None, 1).await.is_ok() {
            pages += 1;
        }
        pages
    };
    let (of_busy, of_plain) = (pages(&bob, busy).await, pages(&carol, plain).await);
    // A message is two units, and sixteen reactions are one more.
    assert!(of_busy * 5 < of_plain * 4, "{of_busy} and {of_plain} pages");
}

async fn what_is_everybodys_costs_more_than_what_is_somebodys(database: Database) {
    let host = Host::start_with(database, |config| config.limits.costs = Rate { burst: 35_000, per_minute: 1 }).await;
    let (alice, bob) = (host.resident("alice").await, host.resident("bob").await);
    let (walks, last) = (alice.group("Walks", &[&bob], true).await, alice.group("Last", &[&bob], true).await);
    let call = |text: &str| SendMessage::new(walks, Body::text(text).calling_everyone());
    let sent = MutationId::new();
    alice.perform(sent, call("@everyone").into()).await.unwrap();
    let edit = EditMessage { conversation: walks, message: sent, based_on: 0, body: call("@everyone!").body };
    alice.perform(MutationId::new(), edit.into()).await.unwrap();
    alice.perform(MutationId::new(), DeleteConversation { conversation: last }.into()).await.unwrap();
    let refused = alice.perform(MutationId::new(), call("@everyone, again").into()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RateLimited);
    alice.send(walks, "to whoever reads it").await;
}
