//! People change what they are called: it stands at once where they look, and with everybody who sees them somewhere.

use crate::devices::second;
use hearth_client::{
    NewChannel,
    view::{Connection, Phase},
};
use hearth_protocol::{
    ids::{ConversationId, MutationId},
    limits::NAME_CHARS_MAX,
    mutation::Mutation,
    mutations::SetName,
};
use hearth_testkit::{Person, Town};

/// What the window and the list of accounts call their person.
fn called(person: &Person) -> [String; 2] {
    let Phase::Ready { me, .. } = person.client.phase() else { panic!("{:?}", person.client.phase()) };
    [me.name, person.client.about().me.unwrap().name]
}

async fn own(person: &Person) -> (String, String) {
    let mine = person.client.own_profile().await.unwrap();
    (mine.first_name, mine.last_name)
}

/// What the list calls a conversation.
async fn title(person: &Person, conversation: ConversationId) -> String {
    person.list().await.into_iter().find(|line| line.id == conversation).map(|line| line.name).unwrap_or_default()
}

#[tokio::test]
async fn a_name_is_changed_offline_and_reaches_everybody() {
    let town = Town::founded().await;
    let (mut alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    alice.says(bob.user(), "hello").await;
    let team = alice.client.create_group("Team", "").await.unwrap();
    alice.client.add_group_members(team, vec![bob.user()]).await.unwrap();
    let plans = NewChannel { group: team, name: "plans".into(), topic: String::new(), private: false, members: vec![] };
    let plans = alice.client.create_channel(plans).await.unwrap();
    alice.client.send_message(plans, "we meet").await.unwrap();
    alice.client.request_friend(bob.user(), "").await.unwrap();
    bob.sees(plans, "we meet").await;
    bob.until("he is asked", async || !bob.client.list_friends().await.unwrap().incoming.is_empty()).await;

    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.client.set_name("  Alicia ", " Sørensen ").await.unwrap();
    assert_eq!(called(&alice), ["Alicia Sørensen", "Alicia Sørensen"]);
    assert_eq!(own(&alice).await, ("Alicia".into(), "Sørensen".into()));
    let long = "x".repeat(NAME_CHARS_MAX + 1);
    for (first, last) in [("", "Sørensen"), (" ", ""), ("\u{3164}\u{2060}", "Sørensen"), (&long, ""), ("Alicia", &long)] {
        assert_eq!(alice.client.set_name(first, last).await.unwrap_err().code, "invalid_name");
    }
    let waits = alice.client.list_outbox().await.unwrap();
    assert_eq!(
        waits.iter().map(|item| (item.what.as_str(), item.name.as_deref())).collect::<Vec<_>>(),
        [("set_name", Some("Alicia Sørensen"))]
    );
    alice.client.set_name("Alicia", "Sørensen").await.unwrap();
    assert_eq!(alice.client.list_outbox().await.unwrap().len(), 1, "it is so already");
    alice.restarts().await;
    assert_eq!(called(&alice), ["Alicia Sørensen", "Alicia Sørensen"], "also after a start without a network");
    assert_eq!(title(&bob, direct).await, "Alice");

    town.wire().heal();
    bob.until("his list says so", async || title(&bob, direct).await == "Alicia Sørensen").await;
    alice.outbox_empties().await;
    let named = async |conversation| bob.timeline(conversation).await.into_iter().next_back().map(|message| message.sender_name);
    for conversation in [direct, plans] {
        bob.until("what she wrote says so", async || named(conversation).await.as_deref() == Some("Alicia Sørensen")).await;
    }
    let member =
        async || bob.client.list_group_members(team).await.unwrap().into_iter().any(|member| member.person.name == "Alicia Sørensen");
    bob.until("the group says so", member).await;
    let asks = async || bob.client.list_friends().await.unwrap().incoming.into_iter().any(|asked| asked.person.name == "Alicia Sørensen");
    bob.until("her request says so", asks).await;
    for (word, found) in [("alicia", 1), ("søren", 1), ("alice", 1)] {
        assert_eq!(bob.client.search_people(word).await.unwrap().len(), found, "{word}: her username stays");
    }
    town.wire().cut();
    bob.is(Connection::default()).await;
    assert_eq!(bob.client.search_people("Alicia").await.unwrap().len(), 1, "offline as well");
    alice.restarts().await;
    assert_eq!(called(&alice), ["Alicia Sørensen", "Alicia Sørensen"]);
}

#[tokio::test]
async fn of_two_devices_the_one_that_is_heard_last_decides_and_both_agree() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.says(bob.user(), "hello").await;
    let direct = alice.direct(bob.user());
    bob.sees(direct, "hello").await;
    let phone = second(&town, &alice, "phone").await;
    phone.client.set_name("Ally", "").await.unwrap();
    alice.until("the window says so", async || called(&alice) == ["Ally", "Ally"]).await;

    town.wire().cut();
    alice.is(Connection::default()).await;
    phone.is(Connection::default()).await;
    alice.client.set_name("One", "").await.unwrap();
    phone.client.set_name("Two", "").await.unwrap();
    assert_eq!((called(&alice)[0].as_str(), called(&phone)[0].as_str()), ("One", "Two"), "each its own for now");
    town.wire().heal();
    for device in [&alice, &phone] {
        device.outbox_empties().await;
    }
    // Whichever it is: a new device is told by the server alone.
    let (name, last) = own(&second(&town, &alice, "tablet").await).await;
    assert!(["One", "Two"].contains(&name.as_str()) && last.is_empty(), "{name} {last}");
    for device in [&alice, &phone] {
        device.until("both say the same", async || own(device).await.0 == name && called(device) == [name.as_str(), name.as_str()]).await;
    }
    bob.until("and so does his list", async || title(&bob, direct).await == name).await;
}

#[tokio::test]
async fn a_name_that_is_taken_back_is_not_shown_any_more() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.client.set_name("Somebody", "Else").await.unwrap();
    let waits = alice.client.list_outbox().await.unwrap().remove(0).id;
    alice.client.discard_outbox(waits, false, false).await.unwrap();
    assert_eq!((called(&alice), own(&alice).await), (["Alice".into(), "Alice".into()], ("Alice".into(), String::new())));
    // Nothing would be seen of it.
    assert_eq!(alice.client.set_name("\u{3164}", "").await.unwrap_err().code, "invalid_name");
    // The server knows better what a name is: another build did not.
    let unseen = SetName { first_name: "\u{3164}".into(), last_name: String::new() };
    alice.client.replica().unwrap().enqueue(&Mutation::new(MutationId::new(), unseen), 1).await.unwrap();
    town.wire().heal();
    alice.until("it is refused", async || called(&alice) == ["Alice", "Alice"]).await;
    assert_eq!(alice.client.list_outbox().await.unwrap().len(), 1, "and waits to be looked at");
}
