//! Naming people: offered and sent without a network, told where somebody is named, and read with the conversation.

use hearth_client::{
    NewChannel,
    view::{Connection, Content, ConversationItem, EveryoneView, InboxWhat, MessageView, SearchOrder},
};
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};
use hearth_text::{Block, Inline};

/// Who is named in a message, as it is drawn; `*` before who reads it.
fn named(message: &MessageView) -> Vec<String> {
    let Content::Text { blocks: Some(blocks), .. } = &message.content else { return vec![] };
    let name = |inline: &Inline| match inline {
        Inline::Mention { name, me, .. } => Some(format!("{}{name}", if *me { "*" } else { "" })),
        Inline::Channel { name, .. } => Some(format!("#{name}")),
        Inline::Everyone { me } => Some(format!("{}everyone", if *me { "*" } else { "" })),
        _ => None,
    };
    let inside = |block: &Block| match block {
        Block::Paragraph { inlines } => inlines.iter().filter_map(name).collect(),
        _ => vec![],
    };
    blocks.iter().flat_map(inside).collect()
}

async fn line(person: &Person, conversation: ConversationId) -> ConversationItem {
    person.list().await.into_iter().find(|item| item.id == conversation).expect("its line")
}

/// Mentions in the inbox: what is said, by whom, and whether it is read.
async fn told(person: &Person) -> Vec<(String, String, bool)> {
    let inbox = person.client.list_inbox().await.unwrap();
    let mention = |what| if let InboxWhat::Mention { person, text, .. } = what { Some((person?.name, text)) } else { None };
    inbox.into_iter().filter_map(|item| mention(item.what).map(|(name, text)| (name, text, item.read))).collect()
}

async fn is_told(person: &Person, wanted: &[(&str, &str, bool)]) {
    let same = |told: &[(String, String, bool)]| {
        told.iter().map(|(name, text, read)| (name.as_str(), text.as_str(), *read)).eq(wanted.iter().copied())
    };
    person.until(&format!("{} is told {wanted:?}", person.name), async || same(&told(person).await)).await;
}

/// Three people in one conversation, which all of them have.
async fn three(town: &Town) -> (Person, Person, Person, ConversationId) {
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    for name in ["bob", "carol"] {
        alice.client.search_people(name).await.unwrap();
    }
    let conversation = alice.client.create_conversation("Walks", vec![bob.user(), carol.user()]).await.unwrap();
    for person in [&alice, &bob, &carol] {
        let all = async || person.client.list_nameable(conversation).await.is_ok_and(|people| people.len() == 2);
        person.until(&format!("{} has everybody's name", person.name), all).await;
    }
    (alice, bob, carol, conversation)
}

async fn sends(person: &Person, conversation: ConversationId, text: &str) -> MessageId {
    person.client.send_message(conversation, text).await.unwrap()
}

#[tokio::test]
async fn who_is_named_is_drawn_by_name_counted_and_told_until_it_is_read_anywhere() {
    let mut town = Town::founded().await;
    let (alice, bob, carol, conversation) = three(&town).await;
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    // Written without a network, and shown with the name at once.
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    sends(&alice, conversation, "ask @bob, not a@bob.example or `@carol`").await;
    assert_eq!(named(&alice.timeline(conversation).await[0]), ["Bob"]);
    town.server_starts().await;
    for bob in [&bob, &elsewhere] {
        is_told(bob, &[("Alice", "ask @Bob, not a@bob.example or @carol", false)]).await;
        bob.until("it is counted", async || line(bob, conversation).await.mentions == 1).await;
        assert_eq!(named(&bob.timeline(conversation).await[0]), ["*Bob"]);
    }
    carol.until("Carol has it", async || !carol.timeline(conversation).await.is_empty()).await;
    assert_eq!((told(&carol).await, line(&carol, conversation).await.mentions), (vec![], 0));
    // Read by reading it, offline, and then everywhere.
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    bob.client.mark_read(conversation, 1).await.unwrap();
    is_told(&bob, &[("Alice", "ask @Bob, not a@bob.example or @carol", true)]).await;
    assert_eq!(line(&bob, conversation).await.mentions, 0);
    assert_eq!(line(&elsewhere, conversation).await.mentions, 1);
    town.server_starts().await;
    is_told(&elsewhere, &[("Alice", "ask @Bob, not a@bob.example or @carol", true)]).await;
    assert_eq!(line(&elsewhere, conversation).await.mentions, 0);
}

#[tokio::test]
async fn an_edit_names_others_and_a_deletion_nobody() {
    let town = Town::founded().await;
    let (alice, bob, carol, conversation) = three(&town).await;
    let message = sends(&alice, conversation, "ask @bob").await;
    is_told(&bob, &[("Alice", "ask @Bob", false)]).await;
    alice.delivered(conversation, message).await;
    alice.client.edit_message(conversation, message, "ask @carol", None).await.unwrap();
    is_told(&carol, &[("Alice", "ask @Carol", false)]).await;
    is_told(&bob, &[("Alice", "ask @Carol", true)]).await;
    assert_eq!(line(&bob, conversation).await.mentions, 0);
    alice.outbox_empties().await;
    alice.client.delete_message(conversation, message).await.unwrap();
    is_told(&carol, &[]).await;
    is_told(&bob, &[]).await;
}

#[tokio::test]
async fn of_whom_one_has_blocked_and_of_where_one_was_nothing_is_told() {
    let town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    for name in ["bob", "carol"] {
        alice.client.search_people(name).await.unwrap();
    }
    alice.client.add_group_members(group, vec![bob.user(), carol.user()]).await.unwrap();
    let channel = NewChannel { group, name: "routes".into(), topic: String::new(), private: false, members: vec![] };
    let conversation = alice.client.create_channel(channel).await.unwrap();
    let people = async || alice.client.list_nameable(conversation).await.unwrap().into_iter().map(|person| person.name).collect::<Vec<_>>();
    alice.until("both are there", async || people().await == ["Bob", "Carol"]).await;
    sends(&alice, conversation, "@bob and @carol").await;
    for person in [&bob, &carol] {
        is_told(person, &[("Alice", "@Bob and @Carol", false)]).await;
    }
    bob.client.block_user(alice.user()).await.unwrap();
    is_told(&bob, &[]).await;
    bob.until("it does not count", async || line(&bob, conversation).await.mentions == 0).await;
    alice.client.remove_group_member(group, carol.user()).await.unwrap();
    is_told(&carol, &[]).await;
    alice.until("Carol cannot be named any more", async || people().await == ["Bob"]).await;
}

#[tokio::test]
async fn everyone_is_told_by_one_message_written_offline_until_each_has_read_it() {
    let mut town = Town::founded().await;
    let (alice, bob, carol, conversation) = three(&town).await;
    let crowd = alice.client.look_at_everyone(conversation, "`@everyone`").await.unwrap();
    assert_eq!((crowd.named, crowd.others, crowd.allowed, crowd.warns), (false, 2, true, false));
    assert!(alice.client.look_at_everyone(conversation, "so, @Everyone!").await.unwrap().named);
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let message = sends(&alice, conversation, "@everyone, the dome is open").await;
    assert_eq!(named(&alice.timeline(conversation).await[0]), ["everyone"]);
    town.server_starts().await;
    for person in [&bob, &carol] {
        is_told(person, &[("Alice", "@everyone, the dome is open", false)]).await;
        person.until("it is counted", async || line(person, conversation).await.mentions == 1).await;
        assert_eq!(named(&person.timeline(conversation).await[0]), ["*everyone"]);
        let page = person.client.search("mentions:me ", SearchOrder::Newest, None).await.unwrap();
        assert_eq!(page.hits.into_iter().map(|hit| hit.message).collect::<Vec<_>>(), [message]);
    }
    assert_eq!((told(&alice).await, line(&alice, conversation).await.mentions), (vec![], 0));
    bob.client.mark_read(conversation, 1).await.unwrap();
    is_told(&bob, &[("Alice", "@everyone, the dome is open", true)]).await;
    is_told(&carol, &[("Alice", "@everyone, the dome is open", false)]).await;
    // An edit takes it back from who has not read it.
    alice.outbox_empties().await;
    alice.client.edit_message(conversation, message, "the dome is open", None).await.unwrap();
    is_told(&carol, &[("Alice", "the dome is open", true)]).await;
    assert_eq!(line(&carol, conversation).await.mentions, 0);
}

#[tokio::test]
async fn of_two_people_and_by_what_is_passed_on_nobody_is_called() {
    let town = Town::founded().await;
    let (alice, bob, _carol, conversation) = three(&town).await;
    let direct = alice.client.start_direct(bob.user()).await.unwrap();
    assert_eq!(alice.client.look_at_everyone(direct, "@everyone").await.unwrap(), EveryoneView::default());
    let message = sends(&alice, direct, "@everyone is a word here").await;
    alice.delivered(direct, message).await;
    assert_eq!(named(&alice.timeline(direct).await[0]), Vec::<String>::new());
    alice.client.forward_message(direct, message, &[conversation], "").await.unwrap();
    bob.until("it has come", async || line(&bob, conversation).await.unread == 1).await;
    assert_eq!((told(&bob).await, line(&bob, conversation).await.mentions), (vec![], 0));
}

#[tokio::test]
async fn channels_are_led_to_by_name_for_those_who_see_them() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.client.search_people("bob").await.unwrap();
    let group = alice.client.create_group("Night walks", "").await.unwrap();
    alice.client.add_group_members(group, vec![bob.user()]).await.unwrap();
    let open = async |name: &str, private: bool| {
        let channel = NewChannel { group, name: name.into(), topic: String::new(), private, members: vec![] };
        alice.client.create_channel(channel).await.unwrap()
    };
    let (routes, plans, secret) = (open("routes", false).await, open("plans", false).await, open("secret", true).await);
    let offered = async |person: &Person, from| {
        let channels = person.client.list_nameable_channels(from).await.unwrap();
        channels.into_iter().map(|channel| (channel.id, channel.name)).collect::<Vec<_>>()
    };
    let public = [(plans, "plans".to_owned()), (routes, "routes".to_owned())];
    for person in [&alice, &bob] {
        person.until("both are offered", async || offered(person, routes).await == public).await;
    }
    // What is private is led to where it is: elsewhere its name would go to those who do not know of it.
    alice.until("all are offered", async || offered(&alice, secret).await.len() == 3).await;
    assert_eq!(offered(&alice, routes).await, public);
    sends(&alice, secret, "from #plans to #secret").await;
    assert_eq!(named(&alice.timeline(secret).await[0]), ["#plans", "#secret"]);
    // Written without a network.
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let message = sends(&alice, routes, "from #Plans to #routes, not #secret").await;
    assert_eq!(named(&alice.timeline(routes).await[0]), ["#plans", "#routes"]);
    town.server_starts().await;
    bob.until("he has it", async || !bob.timeline(routes).await.is_empty()).await;
    let seen = bob.timeline(routes).await.remove(0);
    assert_eq!(named(&seen), ["#plans", "#routes"]);
    let Content::Text { text, .. } = &seen.content else { panic!("{seen:?}") };
    assert_eq!(text, "from #Plans to #routes, not #secret");
    assert_eq!(told(&bob).await, []);
    // By the name that it has today, and found by the one that was written.
    alice.client.edit_conversation(plans, Some("maps"), None).await.unwrap();
    alice.until("it has another name", async || named(&alice.timeline(routes).await[0]) == ["#maps", "#routes"]).await;
    let page = bob.client.search("plans", SearchOrder::Newest, None).await.unwrap();
    assert_eq!(page.hits.into_iter().map(|hit| hit.message).collect::<Vec<_>>(), [message]);
    // In a conversation of no group there is nothing to lead to.
    let direct = alice.client.start_direct(bob.user()).await.unwrap();
    assert_eq!(alice.client.list_nameable_channels(direct).await.unwrap(), []);
    sends(&alice, direct, "#routes").await;
    assert_eq!(named(&alice.timeline(direct).await[0]), Vec::<String>::new());
}
