//! The inbox: told live and on every device, read without a network, and a native notice for what somebody asks.

use hearth_client::{
    Notice,
    notice::InboxEvent,
    view::{Connection, InboxItem, InboxWhat},
};
use hearth_protocol::ids::InvitationId;
use hearth_testkit::{Person, Town};
use tokio::sync::broadcast::Receiver;

async fn inbox(person: &Person) -> Vec<InboxItem> {
    person.client.list_inbox().await.unwrap()
}

/// What somebody is told, the newest first: `*` before what is not read.
async fn told(person: &Person) -> Vec<String> {
    let words = |item: InboxItem| {
        let what = match item.what {
            InboxWhat::FriendRequest { asked, status } => format!("{} asks, {}", asked.person.name, status.as_str()),
            InboxWhat::GroupInvitation { group_name, status, .. } => format!("into {group_name}, {}", status.as_str()),
            InboxWhat::RequestAccepted { person } => format!("{} is a contact", person.name),
            InboxWhat::InvitationAccepted { person, group_name, .. } => format!("{} is in {group_name}", person.name),
            InboxWhat::GroupDeleted { name, .. } => format!("{name} is gone"),
            other => format!("{other:?}"),
        };
        if item.read { what } else { format!("*{what}") }
    };
    inbox(person).await.into_iter().map(words).collect()
}

/// What the system is given next for the inbox: who, what, and what they wrote to it.
async fn noticed(notices: &mut Receiver<Notice>) -> (String, InboxEvent, Option<String>) {
    loop {
        if let Notice::Inbox { title, event, note } = notices.recv().await.expect("a notice") {
            return (title, event, note);
        }
    }
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
    assert_eq!(noticed(&mut notices).await, ("Alice".into(), InboxEvent::AsksContact, Some("from school".into())));
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    alice.client.invite_to_group(group, &[bob.user()], "").await.unwrap();
    is_told(&bob, &["*into Night walks, pending", "*Alice asks, pending"]).await;
    assert_eq!(noticed(&mut notices).await.1, InboxEvent::Invites("Night walks".into()));
    assert_eq!(told(&alice).await, [""; 0], "who asks is told nothing before there is an answer");
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

#[tokio::test]
async fn who_asked_is_told_of_a_yes_and_of_a_no_only_where_they_asked() {
    let mut town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let mut notices = alice.client.notices();
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    for person in [&bob, &carol] {
        alice.client.request_friend(person.user(), "").await.unwrap();
        // One after the other: what arrives together has one time, and its order is nobody's promise.
        is_told(person, &["*Alice asks, pending"]).await;
        alice.client.invite_to_group(group, &[person.user()], "").await.unwrap();
        is_told(person, &["*into Night walks, pending", "*Alice asks, pending"]).await;
    }
    // Answered while nobody is there: the answer arrives when both are.
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.client.answer_invitation(InvitationId::friend(alice.user(), bob.user()), true).await.unwrap();
    town.server_starts().await;
    is_told(&alice, &["*Bob is a contact"]).await;
    bob.client.answer_invitation(InvitationId::group(group, alice.user(), bob.user()), true).await.unwrap();
    // Of the first answer there is a notice if she was connected again before him.
    let mut notice = noticed(&mut notices).await;
    if notice == ("Bob".into(), InboxEvent::IsContact, None) {
        notice = noticed(&mut notices).await;
    }
    assert_eq!(notice, ("Bob".into(), InboxEvent::IsIn("Night walks".into()), None));
    is_told(&alice, &["*Bob is in Night walks", "*Bob is a contact"]).await;
    carol.client.answer_invitation(InvitationId::friend(alice.user(), carol.user()), false).await.unwrap();
    carol.client.answer_invitation(InvitationId::group(group, alice.user(), carol.user()), false).await.unwrap();
    let waits = async || alice.client.list_friends().await.map(|all| all.outgoing.len() + all.inviting.len()).unwrap();
    alice.until("nobody is asked any more", async || waits().await == 0).await;
    assert_eq!(told(&alice).await, ["*Bob is in Night walks", "*Bob is a contact"], "a no is not told");
    // Read on one device, read on all; a new one has the same.
    let ids = inbox(&alice).await.into_iter().map(|item| item.id).collect();
    alice.client.read_notifications(ids).await.unwrap();
    alice.outbox_empties().await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    is_told(&elsewhere, &["Bob is in Night walks", "Bob is a contact"]).await;
}

#[tokio::test]
async fn a_deleted_group_is_told_to_those_who_were_in_it_by_its_name() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    alice.client.edit_group(group, Some("Dawn walks"), None).await.unwrap();
    alice.client.search_people("bob").await.unwrap();
    alice.client.add_group_members(group, vec![bob.user()]).await.unwrap();
    bob.until("Bob is in it", async || bob.client.list_groups().await.unwrap().len() == 1).await;
    let mut notices = bob.client.notices();
    alice.client.delete_group(group).await.unwrap();
    is_told(&bob, &["*Dawn walks is gone"]).await;
    assert_eq!(noticed(&mut notices).await, ("Dawn walks".into(), InboxEvent::GroupDeleted, None));
    assert!(bob.client.list_groups().await.unwrap().is_empty());
    alice.outbox_empties().await;
    assert_eq!(told(&alice).await, [""; 0], "who did it knows");
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let ids = inbox(&bob).await.into_iter().map(|item| item.id).collect();
    bob.client.read_notifications(ids).await.unwrap();
    assert_eq!(told(&bob).await, ["Dawn walks is gone"]);
    town.server_starts().await;
    bob.outbox_empties().await;
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    is_told(&elsewhere, &["Dawn walks is gone"]).await;
}
