//! A server that is set back to a backup: what people wrote since comes again from their computers.

use hearth_client::view::Delivery;
use hearth_protocol::ids::ConversationId;
use hearth_testkit::{Person, Town};
use std::collections::BTreeSet;

/// The server is set back, starts, and everybody signs in again.
async fn set_back(town: &mut Town, backup: &[u8], people: &[&Person]) {
    town.server_stops().await;
    town.is_set_back_to(backup);
    town.server_starts().await;
    for person in people {
        person.signs_in_again().await;
    }
}

async fn backed_up(town: &mut Town) -> Vec<u8> {
    town.server_stops().await;
    let backup = town.backup();
    town.server_starts().await;
    backup
}

async fn read_alike(people: &[&Person], conversation: ConversationId, expected: &[&str]) {
    for person in people {
        let same = async || person.reads(conversation).await == expected;
        person.until(&format!("{} reads {expected:?}", person.name), same).await;
        person.outbox_empties().await;
        assert_eq!(person.reads(conversation).await, expected);
        let states = person.timeline(conversation).await.into_iter().filter_map(|message| message.state);
        assert!(states.into_iter().all(|state| !matches!(state, Delivery::Queued | Delivery::Failed { .. })));
    }
}

#[tokio::test]
async fn what_was_written_since_is_there_again_once_and_in_order() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    let kept = alice.says(bob.user(), "in the backup").await;
    bob.sees(conversation, "in the backup").await;
    alice.outbox_empties().await;
    let backup = backed_up(&mut town).await;
    for number in 0..10 {
        alice.says(bob.user(), &format!("Alice {number}")).await;
    }
    alice.outbox_empties().await;
    bob.sees(conversation, "Alice 9").await;
    bob.says(alice.user(), "Bob").await;
    bob.outbox_empties().await;
    alice.sees(conversation, "Bob").await;

    set_back(&mut town, &backup, &[&alice]).await;
    assert_eq!(alice.timeline(conversation).await.iter().filter(|message| message.id == kept).count(), 1);
    alice.outbox_empties().await;
    bob.signs_in_again().await;
    let mut texts = vec!["in the backup".to_owned()];
    texts.extend((0..10).map(|number| format!("Alice {number}")));
    texts.push("Bob".to_owned());
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    read_alike(&[&alice, &bob], conversation, &texts).await;
    let laptop = Person::arrives("Alice").await;
    laptop.signs_in(&town.link()).await;
    laptop.has_everything().await;
    read_alike(&[&laptop], conversation, &texts).await;
    assert!(alice.client.list_outbox().await.unwrap().is_empty());
}

#[tokio::test]
async fn edits_and_deletions_find_the_messages_that_come_after_them() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    let first = alice.says(bob.user(), "first").await;
    alice.outbox_empties().await;
    let laptop = Person::arrives("Alice").await;
    laptop.signs_in(&town.link()).await;
    laptop.has_everything().await;
    bob.sees(conversation, "first").await;
    let backup = backed_up(&mut town).await;

    alice.client.edit_message(conversation, first, "first, edited", None).await.unwrap();
    let second = alice.says(bob.user(), "second").await;
    let third = alice.says(bob.user(), "third").await;
    alice.outbox_empties().await;
    laptop.sees(conversation, "third").await;
    // From her other computer, which has the messages from the server alone.
    laptop.client.edit_message(conversation, second, "second, edited", None).await.unwrap();
    laptop.client.delete_message(conversation, third).await.unwrap();
    laptop.outbox_empties().await;
    bob.sees(conversation, "(deleted)").await;
    alice.sees(conversation, "(deleted)").await;
    bob.says(alice.user(), "theirs").await;
    bob.outbox_empties().await;
    laptop.sees(conversation, "theirs").await;

    // The laptop is first, and waits for what the others have; what she deleted nobody sends again.
    set_back(&mut town, &backup, &[&laptop]).await;
    laptop.has_everything().await;
    assert!(laptop.client.list_outbox().await.unwrap().iter().all(|item| item.text.as_deref() == Some("second, edited")));
    alice.signs_in_again().await;
    alice.outbox_empties().await;
    bob.signs_in_again().await;
    bob.outbox_empties().await;
    for person in [&alice, &laptop, &bob] {
        let there = async || person.reads(conversation).await == ["first, edited", "second, edited", "theirs"];
        person.until(&format!("{} reads all of it", person.name), there).await;
    }
}

#[tokio::test]
async fn a_conversation_begun_since_begins_again() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    let backup = backed_up(&mut town).await;
    alice.says(bob.user(), "hello").await;
    bob.sees(conversation, "hello").await;
    // Not as one who begins it, which he may not know yet that Alice has done.
    bob.client.send_message(conversation, "hello yourself").await.unwrap();
    bob.outbox_empties().await;
    alice.sees(conversation, "hello yourself").await;

    set_back(&mut town, &backup, &[&bob]).await;
    // It is not there until Alice, who began it, comes back.
    let waits = async || bob.client.list_outbox().await.unwrap().iter().any(|item| item.tries > 0 && item.wait.is_some());
    bob.until("Bob's answer waits", waits).await;
    alice.signs_in_again().await;
    // Which of the two comes first is decided anew.
    let both = async || {
        alice.reads(conversation).await.into_iter().collect::<BTreeSet<_>>() == ["hello", "hello yourself"].map(String::from).into()
    };
    alice.until("Alice reads both", both).await;
    let order = alice.reads(conversation).await;
    read_alike(&[&alice, &bob], conversation, &order.iter().map(String::as_str).collect::<Vec<_>>()).await;
}
