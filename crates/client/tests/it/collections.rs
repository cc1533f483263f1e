//! Collections over several devices: without a server too, the same everywhere, and nobody else's business.

use hearth_client::view::{CollectionView, Connection};
use hearth_protocol::ids::{CollectionId, MessageId};
use hearth_testkit::{Person, Town};

async fn made(person: &Person) -> Vec<CollectionView> {
    person.client.list_collections(None).await.unwrap().made
}

async fn named(person: &Person) -> Vec<String> {
    made(person).await.into_iter().map(|one| one.name).collect()
}

async fn inside(person: &Person, collection: CollectionId) -> Vec<MessageId> {
    person.client.list_collected(collection, 100).await.unwrap().items.into_iter().map(|item| item.message).collect()
}

#[tokio::test]
async fn what_two_devices_collect_offline_both_have_and_nobody_else_does() {
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
    let walks = alice.client.create_collection(" Walks ").await.unwrap();
    elsewhere.until("it is there too", async || named(&elsewhere).await == ["Walks"]).await;
    alice.outbox_empties().await;

    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    // Two of one name are two; each holds what was put into it where it was made.
    let hers = alice.client.create_collection("Recipes").await.unwrap();
    let other = elsewhere.client.create_collection("Recipes").await.unwrap();
    alice.client.collect(hers, direct, first, true).await.unwrap();
    elsewhere.client.collect(other, direct, second, true).await.unwrap();
    alice.client.collect(walks, direct, first, true).await.unwrap();
    elsewhere.client.collect(walks, direct, second, true).await.unwrap();
    assert_eq!((named(&alice).await, inside(&alice, hers).await), (vec!["Walks".into(), "Recipes".into()], vec![first]), "at once");
    let list = alice.client.list_collections(Some(first)).await.unwrap();
    assert!(list.made.iter().all(|one| one.holds), "{list:?}");
    let waiting = alice.client.list_outbox().await.unwrap();
    let collect = waiting.iter().find(|item| item.what == "collect" && item.name.as_deref() == Some("Recipes"));
    assert_eq!(collect.and_then(|item| item.message_text.as_deref()), Some("first"), "{waiting:?}");
    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        device.until("both lists are there", async || named(device).await.len() == 3 && inside(device, walks).await.len() == 2).await;
        device.outbox_empties().await;
        device
            .until("each as it was made", async || inside(device, hers).await == [first] && inside(device, other).await == [second])
            .await;
    }
    assert!(made(&bob).await.is_empty());

    // Gone with its message, and with its collection.
    bob.client.delete_message(direct, second).await.unwrap();
    alice.client.delete_collection(hers).await.unwrap();
    alice.client.rename_collection(walks, "Long walks").await.unwrap();
    for device in [&alice, &elsewhere] {
        device
            .until("what is deleted is out of them", async || {
                inside(device, other).await.is_empty() && inside(device, walks).await == [first]
            })
            .await;
        device.until("the names are the same", async || named(device).await == ["Long walks", "Recipes"]).await;
    }
}

#[tokio::test]
async fn what_goes_into_a_collection_that_was_deleted_elsewhere_waits_for_its_person() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let said = bob.says(alice.user(), "first").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&alice, &elsewhere] {
        device.sees(direct, "first").await;
    }
    let walks = alice.client.create_collection("Walks").await.unwrap();
    elsewhere.until("it is there too", async || named(&elsewhere).await == ["Walks"]).await;
    alice.outbox_empties().await;
    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.delete_collection(walks).await.unwrap();
    alice.client.collect(walks, direct, said, true).await.unwrap();
    assert_eq!(named(&alice).await, Vec::<String>::new());
    town.server_starts().await;
    elsewhere.until("it is gone there as well", async || made(&elsewhere).await.is_empty()).await;
    alice
        .until("what came too late is told of", async || {
            let waiting = alice.client.list_outbox().await.unwrap();
            waiting.len() == 1 && waiting[0].what == "collect"
        })
        .await;
    assert_eq!(named(&alice).await, Vec::<String>::new());
}

#[tokio::test]
async fn names_are_checked_before_anything_waits_and_conversations_with_stars_are_lists_of_their_own() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    for name in [String::new(), "  ".into(), "x".repeat(65), "two\nlines".into(), "\u{3164}\u{200b}".into()] {
        assert_eq!(alice.client.create_collection(&name).await.unwrap_err().code, "invalid_name");
    }
    assert!(alice.client.list_outbox().await.unwrap().is_empty());
    let said = bob.says(alice.user(), "first").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "first").await;
    assert!(alice.client.list_collections(None).await.unwrap().conversations.is_empty());
    alice.client.star(direct, said, true).await.unwrap();
    let starred = alice.client.list_collections(None).await.unwrap().conversations;
    assert_eq!(starred.iter().map(|one| (one.conversation, one.name.as_str())).collect::<Vec<_>>(), [(direct, "Bob")]);
    let page = alice.client.list_starred_in(direct, 10).await.unwrap();
    assert_eq!(page.items.iter().map(|item| item.message).collect::<Vec<_>>(), [said]);
}
