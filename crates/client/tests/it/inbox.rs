//! The inbox: told live and on every device, read without a network, and a native notice for what somebody asks.

use hearth_client::{
    Notice,
    view::{Connection, InboxItem, InboxWhat},
};
use hearth_protocol::ids::InvitationId;
use hearth_testkit::{Person, Town};

async fn inbox(person: &Person) -> Vec<InboxItem> {
    person.client.list_inbox().await.unwrap()
}

/// What somebody is told, the newest first: `*` before what is not read.
async fn told(person: &Person) -> Vec<String> {
    let words = |item: InboxItem| {
        let what = match item.what {
            InboxWhat::FriendRequest { asked, status } => format!("{} asks, {}", asked.person.name, status.as_str()),
            InboxWhat::GroupInvitation { group_name, status, .. } => format!("into {group_name}, {}", status.as_str()),
            other => format!("{other:?}"),
        };
        if item.read { what } else { format!("*{what}") }
    };
    inbox(person).await.into_iter().map(words).collect()
}

async fn is_told(person: &Person, wanted: &[&str]) {
    person.until(&format!("{} is told {wanted:?}", person.name), async || told(person).await == wanted).await;
}

#[tokio::test]
async fn what_people_ask_is_told_on_every_device_until_it_is_read_on_one() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    let mut notices = bob.client.notices();
    alice.client.request_friend(bob.user(), "from school").await.unwrap();
    is_told(&bob, &["*Alice asks, pending"]).await;
    is_told(&elsewhere, &["*Alice asks, pending"]).await;
    let Notice::Summary { title, body, conversation } = notices.recv().await.unwrap() else { panic!("another notice") };
    assert_eq!((title.as_str(), body.as_str(), conversation), ("Alice", "Asks to be your contact\nfrom school", None));
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    alice.client.invite_to_group(group, &[bob.user()], "").await.unwrap();
    is_told(&bob, &["*into Night walks, pending", "*Alice asks, pending"]).await;
    assert!(matches!(notices.recv().await.unwrap(), Notice::Summary { body, .. } if body == "Invites you to Night walks"));
    assert_eq!(told(&alice).await, [""; 0], "who asks is told nothing");
    is_told(&elsewhere, &["*into Night walks, pending", "*Alice asks, pending"]).await;

    // Read and answered without a network: it shows at once here, and everywhere once the server has heard of it.
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let ids = inbox(&bob).await.into_iter().rev().take(1).map(|item| item.id).collect();
    bob.client.read_notifications(ids).await.unwrap();
    assert_eq!(told(&bob).await, ["*into Night walks, pending", "Alice asks, pending"]);
    bob.client.answer_invitation(InvitationId::group(group, alice.user(), bob.user()), false).await.unwrap();
    assert_eq!(told(&bob).await, ["into Night walks, rejected", "Alice asks, pending"]);
    assert_eq!(told(&elsewhere).await, ["*into Night walks, pending", "*Alice asks, pending"]);
    town.server_starts().await;
    bob.outbox_empties().await;
    is_told(&elsewhere, &["into Night walks, rejected", "Alice asks, pending"]).await;
    is_told(&bob, &["into Night walks, rejected", "Alice asks, pending"]).await;
    // Whom one has blocked one hears nothing of.
    bob.client.block_user(alice.user()).await.unwrap();
    is_told(&bob, &[]).await;
    is_told(&elsewhere, &[]).await;
}
