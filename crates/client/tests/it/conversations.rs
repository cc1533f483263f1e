use hearth_client::view::{Connection, Delivery, Phase};
use hearth_testkit::{Person, Town};

#[tokio::test]
async fn messages_go_both_ways_and_stay_in_order() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let (to_bob, to_alice) = (bob.user(), alice.user());
    let conversation = alice.direct(to_bob);

    alice.says(to_bob, "hi").await;
    bob.sees(conversation, "hi").await;
    bob.says(to_alice, "hello").await;
    alice.sees(conversation, "hello").await;
    for number in 1..=20 {
        alice.says(to_bob, &format!("{number}")).await;
    }
    bob.sees(conversation, "20").await;
    alice.outbox_empties().await;

    let mut expected = vec!["hi".to_owned(), "hello".to_owned()];
    expected.extend((1..=20).map(|number| number.to_string()));
    assert_eq!(alice.reads(conversation).await, expected);
    assert_eq!(bob.reads(conversation).await, expected);
}

#[tokio::test]
async fn the_next_start_shows_the_conversation_that_was_open_last() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let (bob, carol) = (town.resident("Bob").await, town.resident("Carol").await);
    let shown = |alice: &Person| match alice.client.phase() {
        Phase::Ready { last, .. } => last,
        other => panic!("{other:?}"),
    };
    assert_eq!(shown(&alice), None);
    alice.says(bob.user(), "hi").await;
    alice.says(carol.user(), "hi").await;
    for open in [Some(alice.direct(carol.user())), Some(alice.direct(bob.user())), None] {
        alice.client.set_focus(open, None, true).await.unwrap();
    }
    alice.restarts().await;
    assert_eq!(shown(&alice), Some(alice.direct(bob.user())));
}

#[tokio::test]
async fn a_message_is_queued_then_sent_and_shows_once() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    town.wire().cut();
    alice.is(Connection::default()).await;

    let id = alice.says(bob.user(), "written on a train").await;
    let shown = alice.timeline(conversation).await;
    assert_eq!(shown.iter().map(|message| (message.id, message.state.clone())).collect::<Vec<_>>(), [(id, Some(Delivery::Queued))]);

    town.wire().heal();
    alice.delivered(conversation, id).await;
    bob.sees(conversation, "written on a train").await;
    assert_eq!(alice.reads(conversation).await, ["written on a train"]);
    assert_eq!(bob.reads(conversation).await, ["written on a train"]);
}

#[tokio::test]
async fn both_open_the_same_direct_conversation_offline() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    bob.is(Connection::default()).await;
    alice.says(bob.user(), "from alice").await;
    bob.says(alice.user(), "from bob").await;
    town.wire().heal();
    alice.outbox_empties().await;
    bob.outbox_empties().await;
    let conversation = alice.direct(bob.user());
    let both = async || alice.reads(conversation).await.len() == 2 && bob.reads(conversation).await.len() == 2;
    alice.until("alice has both", both).await;
    bob.until("bob has both", both).await;
    assert_eq!(alice.reads(conversation).await, bob.reads(conversation).await);
    assert_eq!(alice.list().await.len(), 1);
}

#[tokio::test]
async fn the_list_names_people_and_shows_the_last_message() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    alice.says(bob.user(), "first").await;
    bob.sees(bob.direct(alice.user()), "first").await;
    let list = bob.list().await;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].name, "Alice");
    assert_eq!(list[0].last.as_ref().map(|last| last.text.as_str()), Some("first"));
    assert_eq!(list[0].unread, 1);
    let list = alice.list().await;
    assert_eq!((list[0].name.as_str(), list[0].unread), ("Bob", 0));
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_a_name_also_offline_once_known() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let found = alice.client.search_people("bo").await.unwrap();
    assert_eq!(found.iter().map(|person| person.user).collect::<Vec<_>>(), [bob.user()]);
    assert!(alice.client.search_people("ob").await.unwrap().is_empty());
    alice.says(bob.user(), "hi").await;
    alice.outbox_empties().await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    assert_eq!(alice.client.search_people("bo").await.unwrap(), found);
}

#[tokio::test]
async fn a_replica_that_heard_everything_equals_one_that_fetched_it() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let carol = town.resident("Carol").await;
    for round in 0..30 {
        alice.says(bob.user(), &format!("to bob {round}")).await;
        carol.says(alice.user(), &format!("to alice {round}")).await;
    }
    alice.outbox_empties().await;
    carol.outbox_empties().await;
    alice.sees(alice.direct(carol.user()), "to alice 29").await;
    alice.client.mark_read(alice.direct(carol.user()), 12).await.unwrap();
    alice.outbox_empties().await;

    let fresh = hearth_testkit::Person::arrives("Alice").await;
    fresh.signs_in(&town.link()).await;
    fresh.has_everything().await;
    alice.has_everything().await;
    let (heard, fetched) = (alice.client.replica().unwrap().dump().await.unwrap(), fresh.client.replica().unwrap().dump().await.unwrap());
    assert_eq!(heard, fetched);
    assert!(heard.contains("to bob 29"), "there is something to compare");
}
