//! A conversation of several people over several devices: its name, its topic, its people, and what happened to it.

use hearth_client::{
    NewChannel,
    view::{Connection, Content, MembersView},
};
use hearth_protocol::{
    ids::ConversationId,
    limits::{CONVERSATION_NAME_CHARS_MAX, TOPIC_CHARS_MAX},
    rows::MemberRole,
};
use hearth_testkit::{Person, Town};

/// What the list calls a conversation, and what it is about.
async fn called(person: &Person, conversation: ConversationId) -> (String, String) {
    let line = person.list().await.into_iter().find(|line| line.id == conversation);
    line.map(|line| (line.name, line.topic)).unwrap_or_default()
}

async fn is_called(person: &Person, conversation: ConversationId, name: &str, topic: &str) {
    let wanted = (name.to_owned(), topic.to_owned());
    person.until(&format!("{} reads {wanted:?}", person.name), async || called(person, conversation).await == wanted).await;
}

async fn about(person: &Person, conversation: ConversationId) -> MembersView {
    person.client.list_members(conversation).await.unwrap()
}

/// Who is in it: name, role, and `?` for what waits.
async fn members(person: &Person, conversation: ConversationId) -> Vec<String> {
    let word = |member: &hearth_client::view::GroupMemberView| {
        let name = member.person.name.split(' ').next().unwrap_or_default().to_owned();
        format!("{name} {}{}", member.role.as_str(), if member.waiting { "?" } else { "" })
    };
    about(person, conversation).await.members.iter().map(word).collect()
}

async fn has(person: &Person, conversation: ConversationId, wanted: &[&str]) {
    person.until(&format!("{} sees {wanted:?} in it", person.name), async || members(person, conversation).await == wanted).await;
}

/// Both are opened, so that each follows who is in it.
async fn opened(people: &[&Person], conversation: ConversationId) {
    for person in people {
        person.until("it is listed", async || person.list().await.iter().any(|line| line.id == conversation)).await;
        person.client.set_focus(Some(conversation), None, true).await.unwrap();
    }
}

#[tokio::test]
async fn what_newcomers_see_is_changed_offline_and_holds_from_then_on() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    opened(&[&alice, &bob, &elsewhere], talk).await;
    alice.client.send_message(talk, "before").await.unwrap();
    alice.outbox_empties().await;
    for person in [&bob, &elsewhere] {
        person.sees(talk, "before").await;
    }
    let shared = async |person: &Person| about(person, talk).await.shared_history;
    let set = shared(&alice).await.expect("it is known");
    town.wire().cut();
    for person in [&alice, &elsewhere] {
        person.is(Connection::default()).await;
    }
    alice.client.set_shared_history(talk, !set).await.unwrap();
    alice.client.set_shared_history(talk, false).await.unwrap();
    assert_eq!((shared(&alice).await, shared(&elsewhere).await), (Some(false), Some(set)), "at once, where it was done");
    town.wire().heal();
    alice.outbox_empties().await;
    for person in [&bob, &elsewhere] {
        person.until("it is so for them too", async || shared(person).await == Some(false)).await;
        let told = "(keeps what was said before)".to_owned();
        person.until("the timeline tells it", async || person.reads(talk).await.contains(&told)).await;
    }
    alice.client.add_members(talk, vec![carol.user()]).await.unwrap();
    alice.outbox_empties().await;
    alice.client.send_message(talk, "after").await.unwrap();
    carol.sees(talk, "after").await;
    assert!(!carol.reads(talk).await.contains(&"before".to_owned()));
}

#[tokio::test]
async fn what_it_is_called_is_changed_offline_and_each_change_stays() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    opened(&[&alice, &bob, &elsewhere], talk).await;
    is_called(&elsewhere, talk, "Walks", "").await;

    // The two devices change different things without a network, and the same thing one after the other.
    town.wire().cut();
    for device in [&alice, &elsewhere] {
        device.is(Connection::default()).await;
    }
    alice.client.edit_conversation(talk, Some(" Runs "), None).await.unwrap();
    elsewhere.client.edit_conversation(talk, None, Some("On Sundays")).await.unwrap();
    assert_eq!(called(&alice, talk).await, ("Runs".into(), String::new()), "it shows at once");
    assert_eq!(called(&elsewhere, talk).await, ("Walks".into(), "On Sundays".into()));
    let waits = alice.client.list_outbox().await.unwrap();
    assert_eq!(
        (waits[0].what.as_str(), waits[0].name.as_deref(), waits[0].conversation_name.as_str()),
        ("edit_conversation", Some("Runs"), "Runs")
    );
    town.wire().heal();
    for person in [&alice, &bob, &elsewhere] {
        is_called(person, talk, "Runs", "On Sundays").await;
    }
    alice.outbox_empties().await;
    let mut told = bob.reads(talk).await;
    told.sort();
    assert_eq!(told, ["(edited name)", "(edited topic)"]);

    // Nothing of that is unread, or the last message.
    let line = bob.list().await.into_iter().find(|line| line.id == talk).unwrap();
    assert_eq!((line.unread, line.last), (0, None));
    assert_eq!(bob.client.boot().await.status.unread, 0);

    let (long, endless) = ("x".repeat(CONVERSATION_NAME_CHARS_MAX + 1), "x".repeat(TOPIC_CHARS_MAX + 1));
    for (name, topic, code) in
        [(Some(" "), None, "invalid_name"), (Some(long.as_str()), None, "invalid_name"), (None, Some(endless.as_str()), "bad_request")]
    {
        assert_eq!(alice.client.edit_conversation(talk, name, topic).await.unwrap_err().code, code);
    }
    assert_eq!(alice.client.list_outbox().await.unwrap(), []);
}

#[tokio::test]
async fn who_may_not_finds_their_change_in_the_outbox() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    opened(&[&alice, &bob], talk).await;
    has(&bob, talk, &["Alice owner", "Bob member"]).await;
    let his = about(&bob, talk).await;
    assert_eq!((his.role, his.edits, his.own_members), (Some(MemberRole::Member), false, true));
    bob.client.edit_conversation(talk, Some("Mine"), None).await.unwrap();
    bob.until("it is refused", async || {
        let outbox = bob.client.list_outbox().await.unwrap();
        outbox.iter().any(|item| matches!(&item.state, hearth_client::view::Delivery::Failed { problem } if problem.code == "not_allowed"))
    })
    .await;
    is_called(&bob, talk, "Walks", "").await;
    assert_eq!(called(&alice, talk).await.0, "Walks");
}

#[tokio::test]
async fn people_come_rise_and_go_and_the_timeline_tells_it() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    assert_eq!(alice.client.search_people("carol").await.unwrap().len(), 1);
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    opened(&[&alice, &bob], talk).await;
    has(&alice, talk, &["Alice owner", "Bob member"]).await;

    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.client.add_members(talk, vec![carol.user()]).await.unwrap();
    alice.client.set_member_role(talk, bob.user(), MemberRole::Admin).await.unwrap();
    assert_eq!(members(&alice, talk).await, ["Alice owner", "Bob admin?", "Carol member?"]);
    town.wire().heal();
    opened(&[&carol], talk).await;
    for person in [&alice, &bob, &carol] {
        has(person, talk, &["Alice owner", "Bob admin", "Carol member"]).await;
    }
    carol.sees(talk, "(made Bob admin)").await;
    assert_eq!(carol.reads(talk).await, ["(added Carol)", "(made Bob admin)"]);
    let his = about(&bob, talk).await;
    assert_eq!((his.role, his.edits), (Some(MemberRole::Admin), true));

    // Its owner goes: the admin owns it.
    alice.client.remove_member(talk, alice.user()).await.unwrap();
    alice.until("it is gone for her", async || alice.list().await.iter().all(|line| line.id != talk)).await;
    bob.sees(talk, "(left, Bob owns it)").await;
    has(&bob, talk, &["Bob owner", "Carol member"]).await;
    bob.client.remove_member(talk, carol.user()).await.unwrap();
    bob.sees(talk, "(removed Carol)").await;
    carol.until("it is gone for her too", async || carol.list().await.iter().all(|line| line.id != talk)).await;
    assert_eq!(about(&carol, talk).await, MembersView::default());

    // Nobody was told of any of it but by reading.
    assert_eq!(carol.client.list_inbox().await.unwrap(), []);
    let told = bob.timeline(talk).await;
    assert!(told.iter().all(|message| matches!(message.content, Content::System { .. }) && message.state.is_none()), "{told:?}");
}

#[tokio::test]
async fn a_channel_is_edited_by_those_who_manage_its_group() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let team = alice.client.create_group("Team", "").await.unwrap();
    alice.client.add_group_members(team, vec![bob.user()]).await.unwrap();
    let channel =
        |name: &str, private| NewChannel { group: team, name: name.into(), topic: String::new(), private, members: vec![bob.user()] };
    let plans = alice.client.create_channel(channel("plans", false)).await.unwrap();
    let secret = alice.client.create_channel(channel("secret", true)).await.unwrap();
    for conversation in [plans, secret] {
        opened(&[&alice, &bob], conversation).await;
        has(&bob, conversation, &["Alice owner", "Bob member"]).await;
        alice.client.edit_conversation(conversation, Some("done"), Some("what is done")).await.unwrap();
        is_called(&bob, conversation, "done", "what is done").await;
        bob.sees(conversation, "(edited name topic)").await;
    }
    assert_eq!((about(&alice, plans).await.edits, about(&alice, plans).await.own_members), (true, false));
    assert_eq!((about(&bob, secret).await.edits, about(&bob, secret).await.own_members), (false, true));
    // Who becomes an admin of the group may from then on.
    alice.client.set_group_role(team, bob.user(), MemberRole::Admin).await.unwrap();
    bob.until("he may edit it", async || about(&bob, plans).await.edits).await;
    bob.client.edit_conversation(plans, None, Some("all of it")).await.unwrap();
    is_called(&alice, plans, "done", "all of it").await;
}

#[tokio::test]
async fn when_it_was_made_by_whom_and_since_when_they_are_in_it_is_known() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    town.wire().cut();
    alice.is(Connection::default()).await;
    let group = alice.client.create_group("Team", "").await.unwrap();
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    let waiting = about(&alice, talk).await;
    assert_eq!(waiting.made, None, "that is for the server to say");
    assert!(waiting.members.iter().all(|member| member.joined_at.is_none()));
    assert_eq!(alice.client.list_groups().await.unwrap()[0].made, None);
    town.wire().heal();
    alice.outbox_empties().await;
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    opened(&[&alice, &bob, &elsewhere], talk).await;
    for person in [&alice, &bob, &elsewhere] {
        has(person, talk, &["Alice owner", "Bob member"]).await;
        person.until("it says when it was made", async || about(person, talk).await.made.is_some()).await;
        let known = about(person, talk).await;
        let made = known.made.expect("its row is here");
        assert_eq!(made.by.map(|by| by.user), Some(alice.user()));
        assert!(known.members.iter().all(|member| member.joined_at == Some(made.at)), "they have been in it from its first moment");
    }
    let of_group =
        async || elsewhere.client.list_groups().await.unwrap().into_iter().find(|known| known.id == group).and_then(|known| known.made);
    elsewhere.until("the group says it too", async || of_group().await.is_some()).await;
    assert_eq!(of_group().await.and_then(|made| made.by).map(|by| by.user), Some(alice.user()));
}
