//! Conversations that are deleted for everybody, while others are away.

use hearth_client::{
    NewChannel,
    view::{Connection, Delivery, InboxWhat},
};
use hearth_protocol::ids::ConversationId;
use hearth_testkit::{Person, Town};

async fn lists(person: &Person, conversation: ConversationId) -> bool {
    person.list().await.iter().any(|line| line.id == conversation)
}

#[tokio::test]
async fn who_was_writing_in_it_keeps_the_text_and_is_told_who_deleted_it() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let talk = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    for person in [&bob, &elsewhere] {
        person.until("it is listed", async || lists(person, talk).await).await;
        person.client.set_focus(Some(talk), None, true).await.unwrap();
    }
    let may = async |person: &Person| person.client.list_members(talk).await.unwrap().deletes;
    assert_eq!((may(&alice).await, may(&bob).await), (true, false));
    bob.client.send_message(talk, "hello").await.unwrap();
    alice.sees(talk, "hello").await;
    bob.outbox_empties().await;

    // Bob writes while he is away, and Alice deletes it meanwhile, away as well.
    town.wire().cut();
    for person in [&alice, &bob] {
        person.is(Connection::default()).await;
    }
    alice.client.delete_conversation(talk).await.unwrap();
    assert!(lists(&alice, talk).await, "until the server has heard of it everything is there");
    bob.client.send_message(talk, "typed offline").await.unwrap();
    bob.client.save_draft(talk, "half a", None).await.unwrap();
    town.wire().heal();
    alice.outbox_empties().await;
    for person in [&alice, &elsewhere] {
        person.until("it is gone", async || !lists(person, talk).await).await;
    }
    let unsent = async || {
        let ended = |problem: &hearth_client::view::Problem| problem.code == "conversation_is_gone";
        let failed = |state: &Delivery| matches!(state, Delivery::Failed { problem } if ended(problem));
        let waiting = bob.client.list_outbox().await.unwrap();
        waiting.into_iter().map(|item| (item.text.unwrap_or_default(), failed(&item.state))).collect::<Vec<_>>()
    };
    bob.until("what he wrote has an end, or had arrived before", async || {
        let unsent = unsent().await;
        unsent.iter().all(|(_, failed)| *failed) && unsent.iter().filter(|(text, _)| text != "typed offline").count() == 1
    })
    .await;
    assert!(unsent().await.contains(&("half a".into(), true)), "what stood in the composer is there to copy");
    // His composer is open still.
    bob.client.save_draft(talk, "half a word", None).await.unwrap();
    let kept = unsent().await;
    assert!(kept.contains(&("half a word".into(), true)) && !kept.contains(&("half a".into(), true)), "{kept:?}");
    bob.until("the inbox says who did it", async || {
        let told = bob.client.list_inbox().await.unwrap();
        told.iter().any(|item| {
            let InboxWhat::ConversationDeleted { name, person, .. } = &item.what else { return false };
            name == "Walks" && person.as_ref().is_some_and(|person| person.user == alice.user())
        })
    })
    .await;
    assert!(alice.client.list_inbox().await.unwrap().iter().all(|item| !matches!(item.what, InboxWhat::ConversationDeleted { .. })));
}

#[tokio::test]
async fn a_public_channel_goes_from_everybody_in_its_group() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.client.search_people("bob").await.unwrap();
    let group = alice.client.create_group("Team", "").await.unwrap();
    alice.client.add_group_members(group, vec![bob.user()]).await.unwrap();
    let mut made = vec![];
    for name in ["plans", "other"] {
        let channel = NewChannel { group, name: name.into(), topic: String::new(), private: false, members: vec![] };
        made.push(alice.client.create_channel(channel).await.unwrap());
    }
    let [plans, other] = made[..] else { panic!("two channels") };
    bob.until("both are there", async || lists(&bob, plans).await && lists(&bob, other).await).await;
    alice.outbox_empties().await;
    alice.client.delete_conversation(plans).await.unwrap();
    for person in [&alice, &bob] {
        person.until("one is gone", async || !lists(person, plans).await && lists(person, other).await).await;
    }
    // Who may not is refused, and it stays.
    bob.client.delete_conversation(other).await.unwrap();
    bob.until("it is refused", async || bob.client.boot().await.status.outbox_failed == 1).await;
    assert!(lists(&bob, other).await);
}
