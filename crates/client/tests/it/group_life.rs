//! What becomes of a group, with people whose networks come and go: links, roles, handing over, deleting.

use hearth_client::{
    NewChannel,
    view::{Connection, Delivery},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId},
    rows::MemberRole,
};
use hearth_testkit::{Person, Town};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Alice's group with a public channel.
async fn team(alice: &Person) -> (GroupId, ConversationId) {
    let group = alice.client.create_group("Team", "For all of us").await.unwrap();
    let plans = NewChannel { group, name: "plans".into(), topic: String::new(), private: false, members: vec![] };
    let plans = alice.client.create_channel(plans).await.unwrap();
    alice.outbox_empties().await;
    (group, plans)
}

/// A link by which others join.
async fn link(by: &Person, group: GroupId) -> String {
    by.client.create_invite_link(group, MemberRole::Member, DAY_MS, 5).await.unwrap().link.expect("it is told once")
}

async fn role(person: &Person, group: GroupId) -> Option<MemberRole> {
    person.client.list_groups().await.unwrap().into_iter().find(|mine| mine.id == group).map(|mine| mine.role)
}

async fn lists(person: &Person, conversation: ConversationId) -> bool {
    person.list().await.iter().any(|line| line.id == conversation)
}

#[tokio::test]
async fn a_link_is_made_looked_at_followed_and_revoked() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let (group, plans) = team(&alice).await;
    alice.client.send_message(plans, "before Bob came").await.unwrap();
    alice.outbox_empties().await;
    let made = alice.client.create_invite_link(group, MemberRole::Member, DAY_MS, 5).await.unwrap();
    let link = made.link.clone().unwrap();
    assert!(link.starts_with("hearth://join/"), "{link}");
    let listed = alice.client.list_invite_links(group).await.unwrap();
    assert!(matches!(&listed[..], [one] if one.id == made.id && one.link.is_none() && one.uses_left == 5), "{listed:?}");

    let found = bob.client.look_at_invite(&format!("  {link}\n")).await.unwrap();
    assert_eq!((found.name.as_str(), found.people, found.joined), ("Team", 1, false));
    assert_eq!(role(&bob, group).await, None, "looking is not joining");
    assert_eq!(bob.client.join_by_link(&link).await.unwrap(), group);
    bob.until("the channel is there", async || lists(&bob, plans).await).await;
    bob.sees(plans, "before Bob came").await;
    alice.until("Alice sees him", async || alice.client.list_group_members(group).await.unwrap().len() == 2).await;
    assert!(bob.client.look_at_invite(&link).await.unwrap().joined);
    assert_eq!(bob.client.list_invite_links(group).await.unwrap_err().code, "not_allowed");

    alice.client.revoke_invite_link(made.id).await.unwrap();
    assert_eq!(bob.client.join_by_link(&link).await.unwrap_err().code, "wrong_invite_link");
    for nonsense in ["", "Team", "hearth://connect/127.0.0.1:1", &link[..link.len() - 1]] {
        assert_eq!(bob.client.look_at_invite(nonsense).await.unwrap_err().code, "bad_link", "{nonsense}");
    }
    // Another server's secret is not told to mine.
    let (_, secret) = link.rsplit_once('/').unwrap();
    let elsewhere = format!("hearth://join/chat.example.org:7380/{}", &secret[..43]);
    assert_eq!(bob.client.join_by_link(&elsewhere).await.unwrap_err().code, "other_server");
    town.wire().cut();
    bob.is(Connection::default()).await;
    assert_eq!(bob.client.look_at_invite(&link).await.unwrap_err().code, "offline");
}

#[tokio::test]
async fn a_group_that_is_deleted_while_somebody_is_away_keeps_what_they_wrote() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let (group, plans) = team(&alice).await;
    bob.client.join_by_link(&link(&alice, group).await).await.unwrap();
    bob.until("the channel is there", async || lists(&bob, plans).await).await;
    alice.until("Alice sees him", async || alice.client.list_group_members(group).await.unwrap().len() == 2).await;

    // An admin, and a name that the admin gives.
    alice.client.set_group_role(group, bob.user(), MemberRole::Admin).await.unwrap();
    bob.until("Bob is an admin", async || role(&bob, group).await == Some(MemberRole::Admin)).await;
    bob.client.edit_group(group, Some(" Crew "), None).await.unwrap();
    alice.until("it has another name", async || alice.client.list_groups().await.unwrap()[0].name == "Crew").await;
    assert_eq!(alice.client.edit_group(group, Some(" "), None).await.unwrap_err().code, "invalid_name");

    // Bob writes while he is away, and Alice deletes the group meanwhile.
    town.wire().cut();
    bob.is(Connection::default()).await;
    alice.is(Connection::default()).await;
    bob.client.send_message(plans, "typed offline").await.unwrap();
    bob.client.save_draft(plans, "half a", None).await.unwrap();
    alice.client.delete_group(group).await.unwrap();
    let mine = alice.client.list_groups().await.unwrap().remove(0);
    assert!(mine.deleting && !mine.manages && lists(&alice, plans).await);
    town.wire().heal();
    for person in [&alice, &bob] {
        person.until("the group is gone", async || person.client.list_groups().await.unwrap().is_empty()).await;
    }
    bob.until("what he wrote has an end", async || {
        let waiting = bob.client.list_outbox().await.unwrap();
        // It may have arrived before the group was deleted.
        waiting.iter().all(|item| matches!(&item.state, Delivery::Failed { problem } if problem.code == "group_is_gone"))
    })
    .await;
    bob.until("the list shows it no more, but for what waits", async || {
        let line = bob.list().await.into_iter().find(|line| line.id == plans);
        line.is_none_or(|line| line.draft.as_deref() == Some("half a"))
    })
    .await;
    alice.outbox_empties().await;
    assert!(!lists(&alice, plans).await);
}

#[tokio::test]
async fn handing_over_offline_waits_and_then_the_old_owner_may_go() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let (group, plans) = team(&alice).await;
    let link = link(&alice, group).await;
    for person in [&bob, &carol] {
        person.client.join_by_link(&link).await.unwrap();
        person.until("the channel is there", async || lists(person, plans).await).await;
    }
    alice.until("everybody is there", async || alice.client.list_group_members(group).await.unwrap().len() == 3).await;
    town.wire().cut();
    for person in [&alice, &carol] {
        person.is(Connection::default()).await;
    }
    // Carol goes, while Alice makes her an admin, hands the group over to Bob, and leaves: each waits for the network.
    carol.client.leave_group(group).await.unwrap();
    alice.client.hand_over_group(group, bob.user()).await.unwrap();
    assert_eq!(role(&alice, group).await, Some(MemberRole::Admin));
    alice.client.leave_group(group).await.unwrap();
    assert!(alice.client.list_groups().await.unwrap()[0].leaving);
    town.wire().heal();
    bob.until("Bob owns it alone", async || {
        let members = bob.client.list_group_members(group).await.unwrap();
        role(&bob, group).await == Some(MemberRole::Owner) && members.len() == 1
    })
    .await;
    alice.outbox_empties().await;
    carol.outbox_empties().await;
    // Somebody who has left cannot be made anything: the answer waits for who asked.
    bob.client.set_group_role(group, carol.user(), MemberRole::Admin).await.unwrap();
    bob.until("it is refused", async || bob.client.boot().await.status.outbox_failed == 1).await;
    let waiting = bob.client.list_outbox().await.unwrap();
    let Delivery::Failed { problem } = &waiting[0].state else { panic!("{waiting:?}") };
    assert_eq!((problem.code.as_str(), waiting[0].people.as_slice()), ("not_found", &["Carol".to_owned()][..]));
}
