//! Friends: asked and answered without a network, seen by both, and what a block does.

use hearth_client::view::{Connection, FriendsView};
use hearth_protocol::ids::InvitationId;
use hearth_testkit::{Person, Town};

async fn friends(person: &Person) -> FriendsView {
    person.client.list_friends().await.unwrap()
}

/// Contacts, who asks, who is asked, and who is blocked, by name.
async fn shows(person: &Person, wanted: [&[&str]; 4]) {
    let wanted = wanted.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let names = async || {
        let friends = friends(person).await;
        let people = |people: Vec<hearth_client::view::PersonView>| people.into_iter().map(|person| person.name).collect::<Vec<_>>();
        let asked = |asked: Vec<hearth_client::view::AskedView>| asked.into_iter().map(|asked| asked.person.name).collect::<Vec<_>>();
        [people(friends.contacts), asked(friends.incoming), asked(friends.outgoing), people(friends.blocked)]
    };
    person.until(&format!("{} sees {wanted:?}", person.name), async || names().await == wanted).await;
}

/// The only person with this name.
async fn finds(person: &Person, name: &str) {
    let found = person.client.search_people(name).await.unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
}

#[tokio::test]
async fn a_request_is_made_and_answered_without_a_network_and_both_see_it() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    finds(&alice, "bob").await;
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let long = "x".repeat(301);
    assert_eq!(alice.client.request_friend(bob.user(), &long).await.unwrap_err().code, "bad_request");
    alice.client.request_friend(bob.user(), " from school ").await.unwrap();
    shows(&alice, [&[], &[], &["Bob"], &[]]).await;
    town.server_starts().await;
    shows(&bob, [&[], &["Alice"], &[], &[]]).await;
    assert_eq!(friends(&bob).await.incoming[0].note, "from school");
    alice.outbox_empties().await;

    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.client.answer_invitation(InvitationId::friend(alice.user(), bob.user()), true).await.unwrap();
    shows(&bob, [&["Alice"], &[], &[], &[]]).await;
    shows(&alice, [&[], &[], &["Bob"], &[]]).await;
    town.server_starts().await;
    for (person, other) in [(&alice, "Bob"), (&bob, "Alice")] {
        shows(person, [&[other], &[], &[], &[]]).await;
        person.outbox_empties().await;
    }
    alice.client.remove_contact(bob.user()).await.unwrap();
    shows(&alice, [&[], &[], &[], &[]]).await;
    shows(&bob, [&[], &[], &[], &[]]).await;
}

#[tokio::test]
async fn a_block_keeps_somebody_away_and_does_not_tell_them() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "hello").await;
    bob.sees(conversation, "hello").await;
    bob.client.request_friend(alice.user(), "").await.unwrap();
    shows(&alice, [&[], &["Bob"], &[], &[]]).await;
    alice.client.block_user(bob.user()).await.unwrap();
    shows(&alice, [&[], &[], &[], &["Bob"]]).await;
    alice.outbox_empties().await;
    shows(&bob, [&[], &[], &["Alice"], &[]]).await;
    bob.client.send_message(conversation, "are you there?").await.unwrap();
    bob.until("it is refused", async || bob.client.list_outbox().await.unwrap().len() == 1).await;
    let refused = async || {
        let waiting = bob.client.list_outbox().await.unwrap();
        waiting.iter().any(|item| format!("{item:?}").contains("not_found"))
    };
    bob.until("it is refused as if there were nothing", refused).await;
    assert_eq!(alice.reads(conversation).await, ["hello"]);
    // It goes on where it was once the block is taken back.
    alice.client.unblock_user(bob.user()).await.unwrap();
    shows(&alice, [&[], &[], &[], &[]]).await;
    alice.outbox_empties().await;
    let waiting = bob.client.list_outbox().await.unwrap();
    bob.client.retry_outbox(waiting[0].id).await.unwrap();
    alice.sees(conversation, "are you there?").await;
}

/// The names of somebody's groups.
async fn groups(person: &Person) -> Vec<String> {
    person.client.list_groups().await.unwrap().into_iter().map(|group| group.name).collect()
}

#[tokio::test]
async fn an_invitation_into_a_group_is_sent_and_answered_without_a_network() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    finds(&alice, "bob").await;
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    // The group itself waits as well.
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    let long = "x".repeat(301);
    assert_eq!(alice.client.invite_to_group(group, &[bob.user()], &long).await.unwrap_err().code, "bad_request");
    alice.client.invite_to_group(group, &[bob.user()], " bring a thermos ").await.unwrap();
    let waiting = friends(&alice).await.inviting.remove(0);
    assert_eq!((waiting.asked.person.name.as_str(), waiting.group, waiting.asked.at), ("Bob", group, None));
    town.server_starts().await;
    bob.until("he is invited", async || friends(&bob).await.invited.len() == 1).await;
    let invited = friends(&bob).await.invited.remove(0);
    assert_eq!((invited.group, invited.group_name.as_str(), invited.asked.note.as_str()), (group, "Night walks", "bring a thermos"));
    assert_eq!(groups(&bob).await, [""; 0]);
    alice.outbox_empties().await;

    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.client.answer_invitation(invited.asked.id, true).await.unwrap();
    assert!(friends(&bob).await.invited.is_empty());
    town.server_starts().await;
    bob.until("he is in it", async || groups(&bob).await == ["Night walks"]).await;
    bob.outbox_empties().await;
    alice.until("nobody is asked any more", async || friends(&alice).await.inviting.is_empty()).await;
    alice.until("she sees him", async || alice.client.list_group_members(group).await.unwrap().len() == 2).await;
    // Whoever takes it back leaves nothing behind, on either side.
    let other = alice.client.create_group("Day walks", "").await.unwrap();
    alice.client.invite_to_group(other, &[bob.user()], "").await.unwrap();
    bob.until("he is invited again", async || friends(&bob).await.invited.len() == 1).await;
    let asked = friends(&alice).await.inviting.remove(0);
    alice.client.withdraw_invitation(asked.asked.id, Some(other)).await.unwrap();
    bob.until("it was taken back", async || friends(&bob).await.invited.is_empty()).await;
}
