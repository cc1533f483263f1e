//! Words beside a name: set by one, seen by the other, offline as well, and hidden again.

use hearth_client::view::{Connection, ProfileView, StatusView};
use hearth_protocol::{
    ids::UserId,
    presence::Presence,
    profile::{PrivacyField, SeenBy},
};
use hearth_testkit::{Person, Town};

async fn seen(viewer: &Person, user: UserId) -> Option<ProfileView> {
    viewer.client.list_profiles(vec![user]).await.unwrap().pop()
}

async fn status(viewer: &Person, user: UserId) -> Option<String> {
    seen(viewer, user).await.and_then(|profile| profile.status).map(|status| status.text)
}

async fn sees_status(viewer: &Person, user: UserId, text: Option<&str>) {
    viewer.until(&format!("{} sees {text:?}", viewer.name), async || status(viewer, user).await.as_deref() == text).await;
}

#[tokio::test]
async fn a_status_is_seen_by_who_shares_a_conversation_until_it_is_hidden() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let carol = town.resident("Carol").await;
    alice.says(bob.user(), "hello").await;
    bob.sees(alice.direct(bob.user()), "hello").await;
    alice.client.set_status("on the mountain", None).await.unwrap();
    sees_status(&bob, alice.user(), Some("on the mountain")).await;
    assert_eq!(seen(&carol, alice.user()).await, None);
    let mine = alice.client.own_profile().await.unwrap();
    assert_eq!(mine.status, Some(StatusView { text: "on the mountain".into(), until: None }));
    alice.client.set_privacy(PrivacyField::Status, SeenBy::Nobody).await.unwrap();
    sees_status(&bob, alice.user(), None).await;
    assert_eq!(alice.client.own_profile().await.unwrap().status, mine.status, "she sees it herself");
    alice.client.set_privacy(PrivacyField::Status, SeenBy::Everyone).await.unwrap();
    sees_status(&bob, alice.user(), Some("on the mountain")).await;
    let long = "x".repeat(hearth_protocol::limits::STATUS_CHARS_MAX + 1);
    assert_eq!(alice.client.set_status(&long, None).await.unwrap_err().code, "bad_request");
    town.server_stops().await;
}

#[tokio::test]
async fn what_is_known_is_there_offline_and_what_was_said_offline_goes_out() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    bob.says(alice.user(), "hi").await;
    alice.sees(alice.direct(bob.user()), "hi").await;
    bob.client.set_status("at work", None).await.unwrap();
    sees_status(&alice, bob.user(), Some("at work")).await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    assert_eq!(status(&alice, bob.user()).await.as_deref(), Some("at work"));
    alice.client.set_status("on a train", None).await.unwrap();
    alice.client.set_privacy(PrivacyField::LastSeen, SeenBy::Nobody).await.unwrap();
    let mine = alice.client.own_profile().await.unwrap();
    assert_eq!((mine.status.unwrap().text.as_str(), mine.last_seen_to), ("on a train", SeenBy::Nobody));
    town.wire().heal();
    sees_status(&bob, alice.user(), Some("on a train")).await;
    alice.outbox_empties().await;
    assert_eq!(seen(&bob, alice.user()).await.unwrap().last_seen, None);
}

async fn is_here(viewer: &Person, user: UserId, presence: Option<Presence>) {
    let told = async || seen(viewer, user).await.and_then(|profile| profile.presence) == presence;
    viewer.until(&format!("{} is told {presence:?}", viewer.name), told).await;
}

#[tokio::test]
async fn who_is_here_is_told_while_there_is_a_connection_and_only_to_who_may_know() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    bob.says(alice.user(), "hi").await;
    alice.sees(alice.direct(bob.user()), "hi").await;
    is_here(&alice, bob.user(), Some(Presence::Online)).await;
    bob.client.set_idle(true).await.unwrap();
    is_here(&alice, bob.user(), Some(Presence::Away)).await;
    bob.client.set_privacy(PrivacyField::LastSeen, SeenBy::Nobody).await.unwrap();
    is_here(&alice, bob.user(), None).await;
    bob.client.set_privacy(PrivacyField::LastSeen, SeenBy::Everyone).await.unwrap();
    is_here(&alice, bob.user(), Some(Presence::Away)).await;
    town.wire().cut();
    is_here(&alice, bob.user(), None).await;
    town.wire().heal();
    // Both are back, and nobody touches his window yet.
    is_here(&alice, bob.user(), Some(Presence::Away)).await;
    bob.client.set_idle(false).await.unwrap();
    is_here(&alice, bob.user(), Some(Presence::Online)).await;
    let gone = bob.user();
    bob.client.shutdown().await;
    is_here(&alice, gone, Some(Presence::Offline)).await;
}
