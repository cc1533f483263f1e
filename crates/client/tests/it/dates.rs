//! Going to a moment of a conversation: with the server, without it, and before all of the history is here.

use hearth_client::view::{At, Connection, DatePlace, Edge};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
    limits::TAIL_MESSAGES,
};
use hearth_replica::{Item, TimelineMessage};
use hearth_testkit::{Person, Town};

const OFFLINE: Connection = Connection::Offline { next_try_ms: 0, problem: None };

/// What somebody says, and when the server had it.
async fn says(alice: &Person, bob: &Person, count: u32) -> Vec<(MessageId, Millis)> {
    let direct = alice.direct(bob.user());
    for number in 0..count {
        alice.says(bob.user(), &format!("number {number}")).await;
    }
    alice.outbox_empties().await;
    let rows = alice.client.replica().unwrap().timeline(direct, hearth_replica::At::After(0), 500).await.unwrap();
    let place = |message: TimelineMessage| match message.item {
        Item::Row(row) => Some((row.id, row.created_at)),
        Item::Outbox(_) => None,
    };
    rows.messages.into_iter().filter_map(place).collect()
}

async fn date(person: &Person, conversation: ConversationId, at: Millis) -> DatePlace {
    person.client.find_date(conversation, at, false).await.unwrap()
}

fn sure(message: Option<MessageId>) -> DatePlace {
    DatePlace { message, sure: true, problem: None }
}

#[tokio::test]
async fn a_new_device_goes_to_any_moment_and_what_it_has_is_there_offline() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    let said = says(&alice, &bob, 3 * TAIL_MESSAGES).await;
    assert_eq!(said.len(), 150, "all of them were taken");
    // The first of each millisecond is where one goes.
    let first = |at: Millis| said.iter().find(|(_, sent)| *sent >= at).map(|(id, _)| *id);
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    elsewhere.sees(direct, "number 149").await;
    // However much of the history has come by now.
    for (_, at) in [said[0], said[20], said[75], said[148]] {
        assert_eq!(date(&elsewhere, direct, at).await, sure(first(at)));
        let there = elsewhere.client.open_timeline(direct, At::Message { id: first(at).unwrap() }).await.unwrap();
        assert!(there.messages.iter().any(|message| Some(message.id) == first(at)), "it can be shown");
    }
    assert_eq!(date(&elsewhere, direct, 0).await, sure(Some(said[0].0)));
    assert_eq!(date(&elsewhere, direct, said[149].1 + 1).await, sure(None), "nothing was said from then on");
    elsewhere.has_everything().await;
    let page = elsewhere.client.open_timeline(direct, At::After { pos: 0 }).await.unwrap();
    assert_eq!((page.before, page.messages[0].id), (Edge::End, said[0].0), "an island and what came after it are one history");

    town.server_stops().await;
    for device in [&bob, &elsewhere] {
        device.is(OFFLINE).await;
        assert_eq!(date(device, direct, said[20].1).await, sure(first(said[20].1)));
    }
}

#[tokio::test]
async fn offline_the_nearest_is_found_and_says_why() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    town.server_stops().await;
    alice.is(OFFLINE).await;
    // Nothing of this conversation is here.
    let nowhere = ConversationId::new();
    let found = date(&alice, nowhere, 0).await;
    assert_eq!((found.message, found.sure, found.problem.unwrap().code), (None, false, "offline".to_owned()));
    town.server_starts().await;
    // And one that is not mine is none.
    alice.is(Connection::Live).await;
    let found = date(&alice, nowhere, 0).await;
    assert_eq!((found.message, found.sure, found.problem.unwrap().code), (None, false, "not_found".to_owned()));
    let said = says(&alice, &bob, 1).await;
    bob.sees(direct, "number 0").await;
    assert_eq!(date(&bob, direct, 0).await, sure(Some(said[0].0)));
}
