//! Threads: said offline, read and left on one device, the same on the others.

use hearth_client::view::Connection;
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};

/// What stands in a thread.
async fn said(person: &Person, conversation: ConversationId, root: MessageId) -> Vec<MessageId> {
    let page = person.client.open_thread(conversation, root, None).await.expect("the thread is local");
    page.messages.iter().map(|message| message.id).collect()
}

async fn stands(person: &Person, conversation: ConversationId, root: MessageId) -> (bool, u32) {
    let page = person.client.open_thread(conversation, root, None).await.expect("the thread is local");
    (page.following, page.unread)
}

async fn unread(person: &Person, conversation: ConversationId) -> u32 {
    person.list().await.iter().find(|line| line.id == conversation).expect("its line").unread
}

#[tokio::test]
async fn what_is_said_in_a_thread_offline_is_there_for_all_and_read_on_every_device() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let root = alice.says(bob.user(), "the trip").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&alice, &elsewhere, &bob] {
        device.sees(direct, "the trip").await;
    }
    alice.outbox_empties().await;

    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let aside = bob.client.say_in_thread(direct, root, "by train?", false).await.unwrap();
    let both = bob.client.say_in_thread(direct, root, "by boat?", true).await.unwrap();
    assert_eq!(said(&bob, direct, root).await, [aside, both]);
    assert_eq!(bob.reads(direct).await, ["the trip", "by boat?"], "the conversation sees what it is to see");

    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        device.until("it came", async || said(device, direct, root).await == [aside, both]).await;
        device.until("it counts", async || stands(device, direct, root).await == (true, 1)).await;
        assert_eq!(device.reads(direct).await, ["the trip", "by boat?"]);
        assert_eq!(unread(device, direct).await, 1, "what the conversation sees");
    }
    let page = alice.client.open_thread(direct, root, None).await.unwrap();
    assert_eq!(page.root.map(|message| message.id), Some(root));
    let newest = page.messages.last().and_then(|message| message.pos).unwrap();
    // An aside of one's own is edited as any message is.
    bob.client.edit_message(direct, aside, "by the early train?", None).await.unwrap();
    bob.outbox_empties().await;
    let edited = bob.client.open_thread(direct, root, None).await.unwrap().messages.remove(0);
    assert!(edited.edited && edited.id == aside);
    alice.client.read_thread(direct, root, newest).await.unwrap();
    assert_eq!(stands(&alice, direct, root).await, (true, 0), "at once, where it was done");
    elsewhere.until("it is read there, too", async || stands(&elsewhere, direct, root).await == (true, 0)).await;
    assert_eq!(unread(&elsewhere, direct).await, 1, "the conversation is not");
}

#[tokio::test]
async fn who_leaves_a_thread_has_left_it_on_every_device_until_they_say_something_in_it() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let root = alice.says(bob.user(), "the trip").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&elsewhere, &bob] {
        device.sees(direct, "the trip").await;
    }
    let first = bob.client.say_in_thread(direct, root, "by train?", false).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("it counts", async || stands(device, direct, root).await == (true, 1)).await;
    }
    alice.client.follow_thread(direct, root, false).await.unwrap();
    assert_eq!(stands(&alice, direct, root).await, (false, 0));
    elsewhere.until("it is left there, too", async || stands(&elsewhere, direct, root).await == (false, 0)).await;
    alice.outbox_empties().await;
    let second = bob.client.say_in_thread(direct, root, "or by boat?", false).await.unwrap();
    alice.until("it came", async || said(&alice, direct, root).await == [first, second]).await;
    assert_eq!(stands(&alice, direct, root).await, (false, 0));
    // Whoever says something in it is in it again; what was said meanwhile is no news.
    elsewhere.until("it came", async || said(&elsewhere, direct, root).await == [first, second]).await;
    elsewhere.client.say_in_thread(direct, root, "by boat", false).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("she follows it", async || stands(device, direct, root).await == (true, 0)).await;
    }
    bob.client.say_in_thread(direct, root, "good", false).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("it counts again", async || stands(device, direct, root).await == (true, 1)).await;
    }
}
