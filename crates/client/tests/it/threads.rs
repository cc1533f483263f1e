//! Threads: said offline, read and left on one device, the same on the others, over with their root, and what is being written in them.

use hearth_client::view::{Connection, SaidView};
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};
use std::collections::BTreeSet;

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
async fn a_thread_is_unread_from_a_message_on_on_every_device_and_offline() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let root = alice.says(bob.user(), "the trip").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&elsewhere, &bob] {
        device.sees(direct, "the trip").await;
    }
    let mut ids = vec![];
    for text in ["by train?", "by boat?", "or not at all?"] {
        ids.push(bob.client.say_in_thread(direct, root, text, false).await.unwrap());
    }
    for device in [&alice, &elsewhere] {
        device.until("all came", async || stands(device, direct, root).await == (true, 3)).await;
    }
    let page = alice.client.open_thread(direct, root, None).await.unwrap();
    let newest = page.messages.last().and_then(|message| message.pos).unwrap();
    alice.client.read_thread(direct, root, newest).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("it is read", async || stands(device, direct, root).await == (true, 0)).await;
    }
    alice.outbox_empties().await;

    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.unread_thread(direct, root, Some(ids[1])).await.unwrap();
    assert_eq!(stands(&alice, direct, root).await, (true, 2), "at once, with no server");
    assert_eq!(alice.list().await[0].asides, 2);
    let status = alice.client.boot().await.status;
    assert_eq!((status.outbox, status.unread), (0, 2), "it is nothing that one waits for");
    town.server_starts().await;
    elsewhere.until("it is unread there, too", async || stands(&elsewhere, direct, root).await == (true, 2)).await;
    assert_eq!(followed(&elsewhere).await, BTreeSet::from([(root, "the trip".to_owned(), 2)]));
    assert_eq!(unread(&elsewhere, direct).await, 0, "the conversation is not");

    // Read on there, and once more from the newest of somebody else, which is not her own.
    elsewhere.client.read_thread(direct, root, newest).await.unwrap();
    alice.until("it is read again", async || stands(&alice, direct, root).await == (true, 0)).await;
    alice.client.say_in_thread(direct, root, "by boat", false).await.unwrap();
    alice.client.unread_thread(direct, root, None).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("the newest is unread", async || stands(device, direct, root).await == (true, 1)).await;
    }
    bob.until("it came", async || said(&bob, direct, root).await.len() == 4).await;
    let other = bob.says(alice.user(), "the cake").await;
    let refused = bob.client.unread_thread(direct, other, None).await.unwrap_err();
    assert_eq!(refused.code, "nothing_unread");
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

/// The threads that somebody follows: about what, and how much is new.
async fn followed(person: &Person) -> BTreeSet<(MessageId, String, u32)> {
    let list = person.client.list_threads(9).await.expect("the list is local");
    let text = |said: Option<SaidView>| said.map(|said| said.text).unwrap_or_default();
    list.items.into_iter().map(|thread| (thread.root, text(thread.said), thread.unread)).collect()
}

#[tokio::test]
async fn what_one_follows_is_listed_on_every_device_offline_too() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let trip = alice.says(bob.user(), "the trip").await;
    let cake = alice.says(bob.user(), "the cake").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&alice, &elsewhere, &bob] {
        device.sees(direct, "the cake").await;
    }
    assert!(followed(&alice).await.is_empty());
    alice.outbox_empties().await;
    let question = bob.client.say_in_thread(direct, trip, "by train?", false).await.unwrap();
    bob.client.say_in_thread(direct, cake, "with apples?", false).await.unwrap();
    let both = || BTreeSet::from([(cake, "the cake".to_owned(), 1), (trip, "the trip".to_owned(), 1)]);
    for device in [&alice, &elsewhere] {
        device.until("both are listed", async || followed(device).await == both()).await;
    }
    let list = alice.client.list_threads(1).await.unwrap();
    assert!(list.more && list.items.len() == 1 && list.items[0].name == "Bob" && list.items[0].messages == 1, "{list:?}");

    // Offline one is left on one device and answered on another.
    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.follow_thread(direct, cake, false).await.unwrap();
    assert_eq!(followed(&alice).await, BTreeSet::from([(trip, "the trip".to_owned(), 1)]), "at once, where it was done");
    let answer = elsewhere.client.answer_in_thread(direct, trip, question, "by boat", false).await.unwrap();
    let page = elsewhere.client.open_thread(direct, trip, None).await.unwrap();
    let quote = page.messages.last().and_then(|message| message.quote.as_ref().map(|quote| quote.message));
    assert_eq!((page.messages.last().map(|message| message.id), quote), (Some(answer), Some(question)));
    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        let agrees = async || said(device, direct, trip).await == [question, answer] && followed(device).await.len() == 1;
        device.until("both agree", agrees).await;
        assert!(followed(device).await.iter().all(|(root, ..)| *root == trip));
    }
    bob.until("he reads it", async || said(&bob, direct, trip).await == [question, answer]).await;
    let page = bob.client.open_thread(direct, trip, None).await.unwrap();
    assert_eq!(page.messages.last().and_then(|message| message.quote.as_ref().map(|quote| quote.mine)), Some(true));
}

#[tokio::test]
async fn a_thread_that_is_over_is_over_on_every_device_whatever_they_did_offline() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let trip = alice.says(bob.user(), "the trip").await;
    let direct = alice.direct(bob.user());
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for device in [&elsewhere, &bob] {
        device.sees(direct, "the trip").await;
    }
    bob.client.say_in_thread(direct, trip, "by train?", false).await.unwrap();
    for device in [&alice, &elsewhere] {
        device.until("it counts", async || stands(device, direct, trip).await == (true, 1)).await;
    }
    alice.outbox_empties().await;
    town.server_stops().await;
    for device in [&alice, &elsewhere, &bob] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    // One device deletes the root, the other one reads the thread and leaves it.
    alice.client.delete_message(direct, trip).await.unwrap();
    let newest = elsewhere.client.open_thread(direct, trip, None).await.unwrap().messages.last().and_then(|message| message.pos).unwrap();
    elsewhere.client.read_thread(direct, trip, newest).await.unwrap();
    elsewhere.client.follow_thread(direct, trip, false).await.unwrap();
    town.server_starts().await;
    for device in [&alice, &elsewhere, &bob] {
        device.until("it is over", async || stands(device, direct, trip).await == (false, 0) && followed(device).await.is_empty()).await;
        device.outbox_empties().await;
    }
    // Who says more in it tells the other one, on all their devices.
    let more = bob.client.say_in_thread(direct, trip, "never mind", false).await.unwrap();
    alice.until("it counts again", async || stands(&alice, direct, trip).await == (true, 1)).await;
    assert_eq!(said(&alice, direct, trip).await.last(), Some(&more));
}

#[tokio::test]
async fn what_is_being_written_in_a_thread_stays_where_it_is_until_it_is_said_there() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let trip = alice.says(bob.user(), "the trip").await;
    let direct = alice.direct(bob.user());
    bob.sees(direct, "the trip").await;
    let question = bob.client.say_in_thread(direct, trip, "by train?", false).await.unwrap();
    alice.until("it came", async || said(&alice, direct, trip).await == [question]).await;
    let typed = async || {
        let page = alice.client.open_thread(direct, trip, None).await.unwrap();
        (page.draft, page.draft_quote.map(|quote| quote.message))
    };
    alice.client.save_draft(direct, "to the conversation", None).await.unwrap();
    alice.client.save_thread_draft(direct, trip, "by boat", Some(question)).await.unwrap();
    assert_eq!(typed().await, (Some("by boat".into()), Some(question)));
    assert_eq!(alice.client.list_threads(9).await.unwrap().items[0].draft.as_deref(), Some("by boat"));
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let answer = alice.client.answer_in_thread(direct, trip, question, "by boat", false).await.unwrap();
    assert_eq!(typed().await, (None, None), "it goes with what is said");
    let waits = alice.client.list_outbox().await.unwrap();
    assert_eq!(waits.iter().map(|item| (item.id, item.thread)).collect::<Vec<_>>(), [(answer, Some(trip))]);
    alice.client.discard_outbox(answer, true, false).await.unwrap();
    assert_eq!(typed().await, (Some("by boat".into()), Some(question)), "and comes back with what it answers");
    assert_eq!(alice.list().await[0].draft.as_deref(), Some("to the conversation"));
    town.server_starts().await;
}
