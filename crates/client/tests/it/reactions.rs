//! What people put on messages: at once and offline, the same on all devices, with who it was.

use hearth_client::view::{Connection, Delivery, MessageView};
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};

/// What stands on a message: emoji, how many, `*` where one is mine, and who else.
async fn on(person: &Person, conversation: ConversationId, id: MessageId) -> Vec<String> {
    let message: Option<MessageView> = person.timeline(conversation).await.into_iter().find(|message| message.id == id);
    let words = |one: &hearth_client::view::ReactionView| {
        format!("{}{}{} {}", one.emoji, one.count, if one.mine { "*" } else { "" }, one.who.join(", ")).trim().to_owned()
    };
    message.map(|message| message.reactions.iter().map(words).collect()).unwrap_or_default()
}

async fn shows(person: &Person, conversation: ConversationId, id: MessageId, wanted: &[&str]) {
    person.until(&format!("{wanted:?} stands there"), async || on(person, conversation, id).await == wanted).await;
}

#[tokio::test]
async fn everybody_sees_who_put_what_and_it_goes_with_the_message() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let hello = bob.says(alice.user(), "hello").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "hello").await;
    alice.client.react(direct, hello, "👍", true).await.unwrap();
    shows(&alice, direct, hello, &["👍1*"]).await;
    shows(&bob, direct, hello, &["👍1 Alice"]).await;
    bob.client.react(direct, hello, "👍", true).await.unwrap();
    bob.client.react(direct, hello, "🔥", true).await.unwrap();
    shows(&alice, direct, hello, &["👍2* Bob", "🔥1 Bob"]).await;
    let by_emoji = alice.client.list_reactions(direct, hello).await.unwrap();
    let names: Vec<(&str, Vec<&str>)> =
        by_emoji.iter().map(|one| (one.emoji.as_str(), one.people.iter().map(|person| person.name.as_str()).collect())).collect();
    assert_eq!(names, [("👍", vec!["Alice", "Bob"]), ("🔥", vec!["Bob"])]);
    assert_eq!(alice.list().await[0].unread, 1, "only the message is unread");
    bob.client.delete_message(direct, hello).await.unwrap();
    shows(&alice, direct, hello, &[]).await;
    shows(&bob, direct, hello, &[]).await;
}

#[tokio::test]
async fn offline_it_shows_and_what_two_devices_decide_comes_together() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let hello = bob.says(alice.user(), "hello").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "hello").await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    elsewhere.sees(direct, "hello").await;

    town.server_stops().await;
    for device in [&alice, &elsewhere] {
        device.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    }
    alice.client.react(direct, hello, "👍", true).await.unwrap();
    alice.client.react(direct, hello, "🎉", true).await.unwrap();
    alice.client.react(direct, hello, "🎉", false).await.unwrap();
    elsewhere.client.react(direct, hello, "👍", true).await.unwrap();
    elsewhere.client.react(direct, hello, "🔥", true).await.unwrap();
    assert_eq!(on(&alice, direct, hello).await, ["👍1*"]);
    let waiting: Vec<(String, Option<String>)> =
        alice.client.list_outbox().await.unwrap().into_iter().map(|item| (item.what, item.name)).collect();
    assert_eq!(waiting, [("react".to_owned(), Some("👍".to_owned()))], "what was taken back before it went is not there");
    assert_eq!(on(&elsewhere, direct, hello).await, ["👍1*", "🔥1*"]);
    town.server_starts().await;
    for device in [&alice, &elsewhere] {
        shows(device, direct, hello, &["👍1*", "🔥1*"]).await;
        device.outbox_empties().await;
    }
    shows(&bob, direct, hello, &["👍1 Alice", "🔥1 Alice"]).await;
    elsewhere.client.react(direct, hello, "🔥", false).await.unwrap();
    for device in [&alice, &elsewhere] {
        shows(device, direct, hello, &["👍1*"]).await;
    }
}

#[tokio::test]
async fn what_the_server_does_not_take_waits_for_its_person() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let hello = bob.says(alice.user(), "hello").await;
    let direct = alice.direct(bob.user());
    alice.sees(direct, "hello").await;
    alice.client.react(direct, hello, "not an emoji", true).await.unwrap();
    alice
        .until("it is refused", async || {
            let outbox = alice.client.list_outbox().await.unwrap();
            matches!(&outbox[..], [item] if matches!(&item.state, Delivery::Failed { problem } if problem.code == "bad_request"))
        })
        .await;
    assert_eq!(on(&alice, direct, hello).await, Vec::<String>::new());
    alice.says(bob.user(), "it goes on").await;
    bob.sees(direct, "it goes on").await;
}
