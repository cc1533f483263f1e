//! Three people, a group and its channels; the network comes and goes.

use hearth_client::{
    NewChannel,
    view::{Connection, GroupMemberView, Update},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId},
    rows::ConversationKind,
};
use hearth_testkit::{Person, Town};

fn channel(group: GroupId, name: &str) -> NewChannel {
    NewChannel { group, name: name.into(), topic: String::new(), private: false, members: vec![] }
}

async fn lists(person: &Person, conversation: ConversationId) -> bool {
    person.list().await.iter().any(|line| line.id == conversation)
}

/// Who is in a group: name, role, and `?` for those who wait to be taken in.
async fn members(person: &Person, group: GroupId) -> Vec<String> {
    let members = person.client.list_group_members(group).await.unwrap();
    let word = |there: GroupMemberView| {
        let name = there.person.name.split(' ').next().unwrap_or_default().to_owned();
        format!("{name} {}{}", there.role.as_str(), if there.waiting { "?" } else { "" })
    };
    members.into_iter().map(word).collect()
}

/// Waits until a channel is in somebody's list, or is not.
async fn listed(person: &Person, conversation: ConversationId, wanted: bool) {
    let what = format!("{} {} the channel", person.name, if wanted { "lists" } else { "no longer lists" });
    person.until(&what, async || lists(person, conversation).await == wanted).await;
}

#[tokio::test]
async fn a_group_made_offline_opens_for_everybody_and_closes_for_who_leaves() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    for (person, query) in [(&alice, "bob"), (&alice, "carol")] {
        assert_eq!(person.client.search_people(query).await.unwrap().len(), 1);
    }
    // Without a network: the group, who is in it, a channel and a message, all at once in the list.
    town.wire().cut();
    alice.is(Connection::default()).await;
    let group = alice.client.create_group(" Team ", "").await.unwrap();
    assert!(alice.client.list_groups().await.unwrap()[0].manages);
    alice.client.add_group_members(group, vec![bob.user(), carol.user()]).await.unwrap();
    assert_eq!(members(&alice, group).await, ["Alice owner", "Bob member?", "Carol member?"]);
    // A private channel for somebody who is not in it yet goes out after them.
    let early = NewChannel { private: true, members: vec![carol.user()], ..channel(group, "early") };
    let early = alice.client.create_channel(early).await.unwrap();
    let plans = alice.client.create_channel(channel(group, "plans")).await.unwrap();
    alice.client.send_message(plans, "hello team").await.unwrap();
    let line = alice.list().await.into_iter().find(|line| line.id == plans).unwrap();
    assert_eq!((line.kind, line.name.as_str()), (ConversationKind::Channel, "plans"));
    assert_eq!(line.group.map(|group| group.name).as_deref(), Some("Team"));

    town.wire().heal();
    alice.outbox_empties().await;
    for person in [&bob, &carol] {
        listed(person, plans, true).await;
        person.sees(plans, "hello team").await;
    }
    listed(&carol, early, true).await;
    assert!(!lists(&bob, early).await);
    carol.until("everybody is in it", async || members(&carol, group).await == ["Alice owner", "Bob member", "Carol member"]).await;
    assert_eq!(bob.list().await.into_iter().find(|line| line.id == plans).unwrap().group.unwrap().name, "Team");
    assert!(!bob.client.list_groups().await.unwrap()[0].manages);
    bob.client.send_message(plans, "hello Alice").await.unwrap();
    carol.sees(plans, "hello Alice").await;

    // Private from the beginning: Carol never hears of it.
    let secret = NewChannel { private: true, members: vec![bob.user()], ..channel(group, "secret") };
    let secret = alice.client.create_channel(secret).await.unwrap();
    alice.client.send_message(secret, "psst").await.unwrap();
    listed(&bob, secret, true).await;
    bob.sees(secret, "psst").await;
    alice.client.send_message(plans, "a fence").await.unwrap();
    carol.sees(plans, "a fence").await;
    assert!(!lists(&carol, secret).await);

    // Bob leaves with something half typed; nothing that he wrote is lost.
    bob.client.save_draft(plans, "one more thing", None).await.unwrap();
    bob.client.leave_group(group).await.unwrap();
    listed(&bob, plans, false).await;
    listed(&bob, secret, false).await;
    assert!(bob.client.list_groups().await.unwrap().is_empty());
    alice.client.send_message(plans, "without Bob").await.unwrap();
    carol.sees(plans, "without Bob").await;
    assert!(!lists(&bob, plans).await);

    // And comes back.
    alice.client.add_group_members(group, vec![bob.user()]).await.unwrap();
    listed(&bob, plans, true).await;
    bob.sees(plans, "without Bob").await;
    listed(&bob, secret, true).await;
    let draft = bob.list().await.into_iter().find(|line| line.id == plans).unwrap().draft;
    assert_eq!(draft.as_deref(), Some("one more thing"));
}

#[tokio::test]
async fn the_only_owner_is_told_why_they_cannot_leave() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    for unseen in ["  ", "\u{3164}", "\u{200d}\u{202e}"] {
        assert_eq!(alice.client.create_group(unseen, "").await.unwrap_err().code, "invalid_name");
    }
    assert_eq!(alice.client.create_group("Team", &"x".repeat(513)).await.unwrap_err().code, "bad_request");
    let group = alice.client.create_group("Team", "").await.unwrap();
    alice.outbox_empties().await;
    alice.client.leave_group(group).await.unwrap();
    alice.until("the answer is there", async || alice.client.boot().await.status.outbox_failed == 1).await;
    let waiting = alice.client.list_outbox().await.unwrap();
    let hearth_client::view::Delivery::Failed { problem } = &waiting[0].state else { panic!("{waiting:?}") };
    assert_eq!(problem.code, "only_owner");
    assert!(alice.client.list_groups().await.unwrap().iter().any(|mine| mine.id == group));
}

#[tokio::test]
async fn the_page_hears_of_groups_when_something_waits_and_when_others_change_them() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let group = alice.client.create_group("Team", "").await.unwrap();
    for (person, query) in [(&bob, "bob"), (&carol, "carol")] {
        assert_eq!(alice.client.search_people(query).await.unwrap().len(), 1);
        let (mut here, mut there) = (alice.client.updates(), bob.client.updates());
        alice.client.add_group_members(group, vec![person.user()]).await.unwrap();
        assert!(std::iter::from_fn(|| here.try_recv().ok()).any(|update| matches!(update, Update::Groups)), "{query} waits");
        let named = format!("{} member", person.name);
        bob.until(&format!("{query} is in it"), async || members(&bob, group).await.contains(&named)).await;
        while !matches!(there.recv().await.unwrap(), Update::Groups) {}
    }
}
