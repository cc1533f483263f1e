//! The list in sections by group, as each computer of a person shows it.

use hearth_client::{
    NewChannel,
    view::{Connection, Filter, ListOrder, ListSection, Settings},
};
use hearth_protocol::ids::GroupId;
use hearth_testkit::{Person, Town};

async fn sections(person: &Person, folded: &[Option<GroupId>]) -> Vec<ListSection> {
    person.client.list_sections(Filter::All, ListOrder::Newest, folded, 200).await.unwrap()
}

/// Name, conversations in it, and those that are shown.
async fn told(person: &Person, folded: &[Option<GroupId>]) -> Vec<(String, u32, Vec<String>)> {
    let word = |section: ListSection| {
        let name = section.group.map_or_else(|| "-".to_owned(), |group| group.name);
        (name, section.count, section.items.into_iter().map(|item| item.name).collect::<Vec<String>>())
    };
    sections(person, folded).await.into_iter().map(word).collect()
}

fn section(name: &str, count: u32, shown: &[&str]) -> (String, u32, Vec<String>) {
    (name.to_owned(), count, shown.iter().map(|name| (*name).to_owned()).collect())
}

async fn unread(person: &Person, group: GroupId) -> Option<u32> {
    let all = sections(person, &[Some(group)]).await;
    all.into_iter().find(|section| section.group.as_ref().is_some_and(|of| of.id == group)).map(|section| section.unread)
}

#[tokio::test]
async fn a_group_made_offline_has_a_section_at_once_and_on_the_other_computer_when_it_is_told() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    let walks = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    elsewhere.until("the walks are listed", async || elsewhere.list().await.iter().any(|line| line.id == walks)).await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    let group = alice.client.create_group("Garden", "").await.unwrap();
    let channel = |name: &str| NewChannel { group, name: name.into(), topic: String::new(), private: false, members: vec![] };
    let tools = alice.client.create_channel(channel("tools")).await.unwrap();
    alice.client.add_group_members(group, vec![bob.user()]).await.unwrap();
    let wanted = [section("-", 1, &["Walks"]), section("Garden", 1, &["tools"])];
    assert_eq!(told(&alice, &[]).await, wanted);
    assert_eq!(told(&elsewhere, &[]).await, wanted[..1]);
    // A name that waits stands at the head, too.
    alice.client.edit_group(group, Some("Allotment"), None).await.unwrap();
    let renamed = [section("-", 1, &["Walks"]), section("Allotment", 1, &["tools"])];
    assert_eq!(told(&alice, &[]).await, renamed);
    town.wire().heal();
    alice.outbox_empties().await;
    for person in [&alice, &elsewhere] {
        person.until("the section is there", async || told(person, &[]).await == renamed).await;
    }
    assert_eq!(told(&elsewhere, &[None, Some(group)]).await, [section("-", 1, &[]), section("Allotment", 1, &[])]);
    // What comes is counted at the head, folded or not, and no more once it is read on the other computer.
    bob.until("Bob is in it", async || bob.list().await.iter().any(|line| line.id == tools)).await;
    bob.client.send_message(tools, "the rake is gone").await.unwrap();
    for person in [&alice, &elsewhere] {
        person.until("one is unread", async || unread(person, group).await == Some(1)).await;
    }
    alice.client.set_focus(Some(tools), None, true).await.unwrap();
    let pos = alice.timeline(tools).await.iter().filter_map(|message| message.pos).max().unwrap();
    alice.client.mark_read(tools, pos).await.unwrap();
    for person in [&alice, &elsewhere] {
        person.until("nothing is unread", async || unread(person, group).await == Some(0)).await;
    }
    bob.client.leave_group(group).await.unwrap();
    bob.until("the section is gone with the group", async || told(&bob, &[]).await == [section("-", 1, &["Walks"])]).await;
}

#[tokio::test]
async fn what_is_folded_is_kept_on_this_computer_alone() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    let group = alice.client.create_group("Garden", "").await.unwrap();
    let folded = vec![None, Some(group)];
    let settings = Settings { list_by_group: true, folded_sections: folded.clone(), ..alice.client.settings() };
    alice.client.set_settings(settings).unwrap();
    alice.restarts().await;
    let kept = alice.client.settings();
    assert_eq!((kept.list_by_group, kept.folded_sections), (true, folded));
    let other = elsewhere.client.settings();
    assert_eq!((other.list_by_group, other.folded_sections), (false, vec![]));
}
