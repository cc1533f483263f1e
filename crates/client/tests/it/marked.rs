//! Stars and pins over several devices and people: without a server too, the same everywhere, and gone with their message.

use hearth_client::{
    NewChannel,
    view::{Connection, MarkedView, Problem},
};
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};

async fn starred(person: &Person) -> Vec<MessageId> {
    person.client.list_starred(100).await.unwrap().items.into_iter().map(|item| item.message).collect()
}

async fn pinned(person: &Person, conversation: ConversationId) -> Vec<MarkedView> {
    person.client.list_pins(conversation).await.unwrap().items
}

async fn ids(person: &Person, conversation: ConversationId) -> Vec<MessageId> {
    pinned(person, conversation).await.into_iter().map(|item| item.message).collect()
}

#[tokio::test]
async fn what_two_devices_star_offline_both_have_and_nobody_else_does() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let first = bob.says(alice.user(), "first").await;
    let second = bob.says(alice.user(), "second").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&alice, &elsewhere] {
        device.sees(direct, "second").await;
    }

    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.star(direct, first, true).await.unwrap();
    elsewhere.client.star(direct, second, true).await.unwrap();
    assert_eq!((starred(&alice).await, starred(&elsewhere).await), (vec![first], vec![second]), "at once, where it was done");
    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        device.until("both stars are there", async || starred(device).await.len() == 2).await;
        device.outbox_empties().await;
    }
    let items = alice.client.list_starred(100).await.unwrap().items;
    let said: Vec<&str> = items.iter().filter_map(|item| item.said.as_ref().map(|said| said.text.as_str())).collect();
    assert!(said.contains(&"first") && said.contains(&"second") && items.iter().all(|item| item.name == "Bob"), "{items:?}");
    assert_eq!(starred(&bob).await, []);
    assert!(alice.client.list_starred(1).await.unwrap().more);

    // Taken off on one device while the other has it on: the last word counts, and it is the same on both.
    alice.client.star(direct, first, false).await.unwrap();
    elsewhere.until("it is off there too", async || starred(&elsewhere).await == [second]).await;
    bob.client.delete_message(direct, second).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("what is deleted has no star", async || starred(device).await.is_empty()).await;
    }
}

#[tokio::test]
async fn a_pin_made_offline_is_everybodys_and_two_who_differ_agree_afterwards() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let noon = bob.says(alice.user(), "at noon").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "at noon").await;
    town.server_stops().await;
    for person in [&alice, &bob] {
        person.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.pin_message(direct, noon, true).await.unwrap();
    bob.client.pin_message(direct, noon, true).await.unwrap();
    bob.client.pin_message(direct, noon, false).await.unwrap();
    assert_eq!((ids(&alice, direct).await, ids(&bob, direct).await), (vec![noon], vec![]));
    town.server_starts().await;
    for person in [&alice, &bob] {
        person.outbox_empties().await;
    }
    // Whose word was last the server decides, for both.
    alice.until("they agree", async || ids(&alice, direct).await == ids(&bob, direct).await).await;

    // Whoever pins it first has pinned it.
    alice.client.pin_message(direct, noon, false).await.unwrap();
    bob.until("it is pinned no more", async || ids(&bob, direct).await.is_empty()).await;
    alice.outbox_empties().await;
    bob.client.pin_message(direct, noon, true).await.unwrap();
    alice.until("it is pinned", async || ids(&alice, direct).await == [noon]).await;
    let [pin] = &pinned(&alice, direct).await[..] else { panic!("one pin") };
    assert_eq!((pin.by.as_ref().map(|by| by.user), pin.said.as_ref().map(|said| said.text.as_str())), (Some(bob.user()), Some("at noon")));
    bob.client.delete_message(direct, noon).await.unwrap();
    alice.until("the pin goes with its message", async || ids(&alice, direct).await.is_empty()).await;
}

#[tokio::test]
async fn in_a_channel_who_manages_it_pins_and_others_are_not_offered_it() -> Result<(), Problem> {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.client.search_people("bob").await?;
    let group = alice.client.create_group("Walks", "").await?;
    alice.client.add_group_members(group, vec![bob.user()]).await?;
    let channel = NewChannel { group, name: "plans".into(), topic: String::new(), private: false, members: vec![] };
    let plans = alice.client.create_channel(channel).await?;
    let said = alice.client.send_message(plans, "on Friday").await?;
    bob.sees(plans, "on Friday").await;
    assert!(alice.client.list_pins(plans).await?.may);
    assert!(!bob.client.list_pins(plans).await?.may);
    alice.outbox_empties().await;
    alice.client.pin_message(plans, said, true).await?;
    bob.until("he sees the pin", async || ids(&bob, plans).await == [said]).await;
    // Who asks all the same is refused, and what is pinned stays so.
    bob.client.pin_message(plans, said, false).await?;
    bob.until("it stands, and what he wanted waits for him", async || {
        let waiting = bob.client.list_outbox().await.unwrap();
        ids(&bob, plans).await == [said] && waiting.iter().any(|item| item.what == "unpin_message")
    })
    .await;
    Ok(())
}
