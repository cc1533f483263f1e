use hearth_client::view::{Connection, Delivery};
use hearth_testkit::{Person, Town};

#[tokio::test]
async fn a_server_restart_is_healed_by_itself() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "before").await;
    bob.sees(conversation, "before").await;

    town.server_stops().await;
    alice.is(Connection::default()).await;
    alice.says(bob.user(), "while it was away").await;
    town.server_starts().await;
    bob.sees(conversation, "while it was away").await;
    bob.says(alice.user(), "after").await;
    alice.sees(conversation, "after").await;
    assert_eq!(alice.reads(conversation).await, ["before", "while it was away", "after"]);
}

#[tokio::test]
async fn a_full_outbox_survives_an_app_restart_and_arrives_once_and_in_order() {
    let mut town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    town.server_stops().await;
    alice.is(Connection::default()).await;
    let texts: Vec<String> = (0..150).map(|number| format!("message {number}")).collect();
    for text in &texts {
        alice.says(bob.user(), text).await;
    }

    alice.restarts().await;
    assert_eq!(alice.reads(conversation).await, texts, "all there before any network");
    assert!(alice.timeline(conversation).await.iter().all(|message| message.state == Some(Delivery::Queued)));

    town.server_starts().await;
    alice.outbox_empties().await;
    bob.sees(conversation, "message 149").await;
    bob.has_everything().await;
    assert_eq!(bob.reads(conversation).await, texts);
    assert_eq!(alice.reads(conversation).await, texts);
}

#[tokio::test]
async fn with_every_push_lost_messages_still_arrive() {
    let town = Town::founded().await;
    town.faults().drop_push(true);
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "into the void").await;
    bob.sees(conversation, "into the void").await;
    bob.says(alice.user(), "and back").await;
    alice.sees(conversation, "and back").await;
}

#[tokio::test]
async fn a_wire_that_breaks_again_and_again_loses_and_repeats_nothing() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    let mut texts = vec![];
    for round in 0..12 {
        for number in 0..5 {
            texts.push(format!("{round}.{number}"));
            alice.says(bob.user(), &texts[texts.len() - 1]).await;
        }
        // Cut at whatever point the sync has reached: no waiting in between.
        town.wire().cut();
        town.wire().heal();
        alice.client.sync_now().await.unwrap();
    }
    alice.outbox_empties().await;
    bob.sees(conversation, "11.4").await;
    assert_eq!(bob.reads(conversation).await, texts);
    assert_eq!(alice.reads(conversation).await, texts);
}

#[tokio::test]
async fn a_new_device_gets_the_list_first_and_all_history_by_itself() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    let texts: Vec<String> = (0..260).map(|number| format!("old {number}")).collect();
    for text in &texts {
        alice.says(bob.user(), text).await;
    }
    alice.outbox_empties().await;

    let laptop = Person::arrives("Bob").await;
    laptop.signs_in(&town.link()).await;
    laptop.has_everything().await;
    assert_eq!(laptop.reads(conversation).await, texts);
    let list = laptop.list().await;
    assert_eq!((list[0].name.as_str(), list[0].unread, list[0].complete), ("Alice", 260, true));
}

#[tokio::test]
async fn signing_out_keeps_everything_for_the_next_sign_in() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.says(bob.user(), "unsent").await;
    alice.client.sign_out().await.unwrap();
    town.wire().heal();
    alice.client.sign_in("alice", alice.password()).await.unwrap();
    bob.sees(conversation, "unsent").await;
}
