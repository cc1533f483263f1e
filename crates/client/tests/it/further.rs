//! Search on the server of what is not here yet: it finds what the replica finds once it has everything.

use hearth_client::view::{Connection, SearchHit, SearchOrder};
use hearth_protocol::{ids::MessageId, limits::TAIL_MESSAGES};
use hearth_testkit::{Person, Town};
use std::collections::BTreeSet;

const QUERIES: [&str; 20] = [
    "lamp ",
    "lam",
    "\"oil lamp\" ",
    "oil lamp ",
    "-lamp ",
    "lamp -oil ",
    "creme ",
    "东京 ",
    "京 ",
    "👍 ",
    "from:me ",
    "from:alice lamp ",
    "-from:alice ",
    "has:link ",
    "-has:link lamp ",
    "has:reaction ",
    "is:starred ",
    "is:pinned ",
    "on:today lamp ",
    "before:2000-01-01 ",
];

const TEXTS: [&str; 9] = [
    "the lamp is old",
    "oil lamp",
    "oil for a lamp",
    "Crème brûlée",
    "我明天去东京出差",
    "ok 👍🏽",
    "see https://example.org/lamp",
    "**oil** _lamps_",
    "nothing of that kind",
];

/// Twice as much as comes with a first copy.
const ROUNDS: usize = 2 * TAIL_MESSAGES as usize / TEXTS.len() + 1;

/// Alice and Bob say each text some times, so that a new device has few of them at first.
async fn talk(alice: &Person, bob: &Person) {
    let direct = alice.direct(bob.user());
    for round in 0..ROUNDS {
        for (at, text) in TEXTS.into_iter().enumerate() {
            let (by, to) = if (at + round) % 3 == 0 { (bob, alice) } else { (alice, bob) };
            let id = by.says(to.user(), text).await;
            if round == 0 && at % 2 == 0 {
                by.delivered(direct, id).await;
                by.client.star(direct, id, true).await.unwrap();
                by.client.pin_message(direct, id, true).await.unwrap();
                by.client.react(direct, id, "👍", true).await.unwrap();
            }
        }
        alice.outbox_empties().await;
        bob.outbox_empties().await;
    }
}

fn ids(hits: Vec<SearchHit>) -> BTreeSet<MessageId> {
    hits.into_iter().map(|hit| hit.message).collect()
}

async fn local(person: &Person, typed: &str) -> BTreeSet<MessageId> {
    let (mut found, mut after) = (BTreeSet::new(), None);
    loop {
        let page = person.client.search(typed, SearchOrder::Newest, after.as_deref()).await.unwrap();
        found.extend(ids(page.hits));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

/// Everything that the server finds of what is missing.
async fn further(person: &Person, typed: &str) -> BTreeSet<MessageId> {
    let (mut found, mut after) = (BTreeSet::new(), None);
    loop {
        let page = person.client.search_further(typed, after.as_deref()).await.unwrap();
        assert_eq!(page.problem, None, "{typed}");
        found.extend(ids(page.hits));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

#[tokio::test]
async fn the_server_finds_what_the_replica_finds() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    talk(&alice, &bob).await;
    bob.has_everything().await;
    bob.until("all of it is here", async || local(&bob, "-x ").await.len() == TEXTS.len() * ROUNDS).await;
    // A new device: here and further together are always everything, however far its history has come.
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    elsewhere.until("its conversation is there", async || !elsewhere.list().await.is_empty()).await;
    for typed in QUERIES {
        let everything = local(&bob, typed).await;
        // What has come between both answers is in neither: then it is here.
        elsewhere
            .until(&format!("{typed} finds everything"), async || {
                let mut found = further(&elsewhere, typed).await;
                found.extend(local(&elsewhere, typed).await);
                found == everything
            })
            .await;
    }
    elsewhere.has_everything().await;
    for typed in QUERIES {
        assert!(further(&elsewhere, typed).await.is_empty(), "all is here: {typed}");
    }
    let page = elsewhere.client.search_further("lamp ", Some("no page gave this")).await.unwrap();
    assert_eq!((page.hits, page.next, page.problem), (vec![], None, None));
}

#[tokio::test]
async fn without_the_server_it_says_why_and_can_go_on() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    alice.says(bob.user(), "a lamp").await;
    bob.sees(direct, "a lamp").await;
    bob.has_everything().await;
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let page = bob.client.search_further("lamp ", None).await.unwrap();
    assert_eq!((page.hits, page.next, page.problem), (vec![], None, None), "nothing is missing: nobody has to be asked");
}
