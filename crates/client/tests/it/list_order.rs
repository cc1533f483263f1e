//! The order of the list, as each computer of a person has it.

use hearth_client::view::{Connection, Filter, ListOrder, Settings};
use hearth_testkit::{Person, Town};

async fn names(person: &Person, order: ListOrder) -> Vec<String> {
    let lines = person.client.list_conversations(Filter::All, order, 10).await.unwrap();
    lines.into_iter().map(|line| line.name).collect()
}

#[tokio::test]
async fn names_are_in_the_order_of_the_language_and_what_waits_offline_is_among_them() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for name in ["Zoo", "\u{e9}cole 10", "\u{e9}cole 9"] {
        alice.client.create_conversation(name, vec![bob.user()]).await.unwrap();
    }
    alice.outbox_empties().await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    let last = alice.client.create_conversation("Eclipse", vec![bob.user()]).await.unwrap();
    let wanted = ["Eclipse", "\u{e9}cole 9", "\u{e9}cole 10", "Zoo"];
    assert_eq!(names(&alice, ListOrder::Name).await, wanted);
    town.wire().heal();
    alice.outbox_empties().await;
    for person in [&alice, &elsewhere] {
        person.until("the list has all of them", async || names(person, ListOrder::Name).await == wanted).await;
    }
    // Something unread is above what is newer.
    let others = alice.client.list_conversations(Filter::All, ListOrder::Newest, 10).await.unwrap();
    let first = others.iter().find(|line| line.name == "Zoo").unwrap().id;
    bob.until("Bob is in it", async || bob.list().await.iter().any(|line| line.id == first)).await;
    bob.client.send_message(first, "the lion is back").await.unwrap();
    alice.until("it is unread", async || names(&alice, ListOrder::Unread).await[0] == "Zoo").await;
    alice.client.send_message(last, "at noon").await.unwrap();
    assert_eq!(names(&alice, ListOrder::Newest).await[0], "Eclipse");
    assert_eq!(names(&alice, ListOrder::Unread).await[..2], ["Zoo", "Eclipse"]);
    let sections = alice.client.list_sections(Filter::All, ListOrder::Unread, &[], 10).await.unwrap();
    assert_eq!(sections[0].items.iter().map(|line| line.name.as_str()).collect::<Vec<_>>()[..2], ["Zoo", "Eclipse"]);
}

#[tokio::test]
async fn the_order_is_kept_on_this_computer_alone() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    alice.client.set_settings(Settings { list_order: ListOrder::Name, ..alice.client.settings() }).unwrap();
    alice.restarts().await;
    assert_eq!(alice.client.settings().list_order, ListOrder::Name);
    assert_eq!(elsewhere.client.settings().list_order, ListOrder::Newest);
}
