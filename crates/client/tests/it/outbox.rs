//! What waits: taken back before or after it arrived, edited and deleted offline, in conflict; and how much is here.

use hearth_client::view::{Connection, Content, Delivery, Discarded, Fate, MessageView, Update};
use hearth_protocol::{
    body::Body,
    ids::{ConversationId, MessageId},
    mutation::Mutation,
    mutations::SendMessage,
};
use hearth_testkit::{Person, Town};

async fn message(person: &Person, conversation: ConversationId, id: MessageId) -> MessageView {
    person.timeline(conversation).await.into_iter().find(|message| message.id == id).expect("the message is shown")
}

/// Discards or edits something that must go without a word about others.
async fn discards(person: &Person, id: MessageId, edit: bool) -> Discarded {
    person.client.discard_outbox(id, edit, false).await.unwrap()
}

#[tokio::test]
async fn what_was_tried_and_did_not_arrive_is_taken_back_through_a_restart() {
    let town = Town::founded().await;
    let mut alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "before").await;
    alice.outbox_empties().await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    let id = alice.says(bob.user(), "not like this").await;
    // It went out on a connection that was dead already.
    alice.client.replica().unwrap().claim(2, 1).await.unwrap();
    assert_eq!(discards(&alice, id, true).await, Discarded::TakingBack);
    assert_eq!(message(&alice, conversation, id).await.state, Some(Delivery::Canceling));

    alice.restarts().await;
    assert_eq!(alice.client.list_outbox().await.unwrap()[0].state, Delivery::Canceling);
    town.wire().heal();
    alice.outbox_empties().await;
    assert_eq!(alice.list().await[0].draft.as_deref(), Some("not like this"));
    alice.says(bob.user(), "better").await;
    bob.sees(conversation, "better").await;
    assert_eq!(bob.reads(conversation).await, ["before", "better"]);
    assert_eq!(alice.reads(conversation).await, ["before", "better"]);
}

#[tokio::test]
async fn what_had_arrived_stays_and_the_person_is_told() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    let id = alice.says(bob.user(), "out already").await;
    alice.outbox_empties().await;
    town.wire().cut();
    alice.is(Connection::default()).await;
    // The answer to it was lost: it waits, and nobody knows whether it arrived.
    let replica = alice.client.replica().unwrap();
    let body = Body::text("out already");
    replica.enqueue(&Mutation::new(id, SendMessage::new(conversation, body)), 1).await.unwrap();
    replica.claim(2, 1).await.unwrap();
    let mut updates = alice.client.updates();
    assert_eq!(discards(&alice, id, true).await, Discarded::TakingBack);
    town.wire().heal();
    alice.outbox_empties().await;
    let mut told = None;
    let heard = async || {
        while let Ok(update) = updates.try_recv() {
            if let Update::TakenBack { fate, text, .. } = update {
                told = Some((fate, text));
            }
        }
        told.is_some()
    };
    alice.until("the person is told", heard).await;
    assert_eq!(told, Some((Fate::Arrived, Some("out already".into()))));
    assert_eq!(alice.reads(conversation).await, ["out already"]);
    assert_eq!(alice.list().await[0].draft, None);
}

#[tokio::test]
async fn never_sent_goes_at_once_and_what_needs_it_only_with_the_persons_word() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    alice.client.search_people("bob").await.unwrap();
    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.says(bob.user(), "hello").await;
    let items = alice.client.list_outbox().await.unwrap();
    assert_eq!(items.iter().map(|item| item.what.as_str()).collect::<Vec<_>>(), ["create_direct", "send_message"]);
    assert_eq!(items[0].people, ["Bob"]);
    assert!(matches!(&items[1].wait, Some(hearth_client::view::Wait::Needs { what, failed: false }) if what == "create_direct"));
    let Discarded::Needed { by } = discards(&alice, items[0].id, false).await else { panic!("the message needs it") };
    assert_eq!(by.iter().map(|item| item.text.as_deref()).collect::<Vec<_>>(), [Some("hello")]);
    assert_eq!(alice.client.boot().await.status.outbox, 2);
    alice.client.discard_outbox(items[0].id, false, true).await.unwrap();
    assert_eq!((alice.client.boot().await.status.outbox, alice.list().await.len()), (0, 0));
}

#[tokio::test]
async fn edits_and_deletions_made_offline_show_at_once_and_arrive() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    let (first, second) = (alice.says(bob.user(), "frist").await, alice.says(bob.user(), "oops").await);
    let theirs = {
        bob.sees(conversation, "oops").await;
        bob.says(alice.user(), "what?").await
    };
    alice.sees(conversation, "what?").await;
    alice.outbox_empties().await;
    assert_eq!(alice.client.edit_message(conversation, theirs, "mine now", None).await.unwrap_err().code, "not_allowed");

    town.wire().cut();
    alice.is(Connection::default()).await;
    alice.client.edit_message(conversation, first, "first", None).await.unwrap();
    alice.client.edit_message(conversation, first, "first!", None).await.unwrap();
    alice.client.delete_message(conversation, second).await.unwrap();
    let unsent = alice.says(bob.user(), "never mind").await;
    alice.client.edit_message(conversation, unsent, "never", None).await.unwrap();
    alice.client.delete_message(conversation, unsent).await.unwrap();
    assert_eq!(alice.reads(conversation).await, ["first!", "(deleted)", "what?"]);
    let shown = message(&alice, conversation, first).await;
    assert_eq!((shown.edited, shown.state, shown.change.unwrap().text.as_deref()), (true, Some(Delivery::Queued), Some("first!")));
    let items = alice.client.list_outbox().await.unwrap();
    assert_eq!(items.iter().map(|item| item.what.as_str()).collect::<Vec<_>>(), ["edit_message", "edit_message", "delete_message"]);
    assert_eq!((items[0].message_text.as_deref(), items[2].message_text.as_deref()), (Some("frist"), Some("oops")));

    town.wire().heal();
    alice.outbox_empties().await;
    bob.until("bob sees both", async || bob.reads(conversation).await == ["first!", "(deleted)", "what?"]).await;
    assert!(message(&bob, conversation, first).await.edited);
    assert_eq!(message(&alice, conversation, first).await.state, Some(Delivery::Sent));
}

#[tokio::test]
async fn offline_edits_that_conflict_keep_both_texts_until_the_person_chooses() {
    let town = Town::founded().await;
    let laptop = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = laptop.direct(bob.user());
    let id = laptop.says(bob.user(), "draft").await;
    laptop.outbox_empties().await;
    let phone = Person::arrives("Alice").await;
    phone.signs_in(&town.link()).await;
    phone.sees(conversation, "draft").await;
    phone.has_everything().await;
    town.wire().cut();
    laptop.is(Connection::default()).await;
    phone.is(Connection::default()).await;
    laptop.client.edit_message(conversation, id, "from the laptop", None).await.unwrap();
    phone.client.edit_message(conversation, id, "from the phone", None).await.unwrap();
    town.wire().heal();

    let lost = async |person: &Person| {
        let waiting = person.client.list_outbox().await.unwrap();
        waiting.into_iter().find(|item| matches!(&item.state, Delivery::Failed { problem } if problem.code == "edit_conflict"))
    };
    for device in [&laptop, &phone] {
        let answered = async || device.client.list_outbox().await.unwrap().is_empty() || lost(device).await.is_some();
        device.until("the edit is answered", answered).await;
    }
    assert!(lost(&laptop).await.is_some() != lost(&phone).await.is_some(), "one of them came first");
    let (loser, winning, losing) = match lost(&laptop).await {
        Some(_) => (&laptop, "from the phone", "from the laptop"),
        None => (&phone, "from the laptop", "from the phone"),
    };
    let shown = message(loser, conversation, id).await;
    assert_eq!((shown.content, shown.state), (Content::Text { text: winning.into(), blocks: None }, Some(Delivery::Sent)));
    let mine = shown.change.unwrap();
    assert_eq!(mine.text.as_deref(), Some(losing));
    // The person takes theirs: a new edit of what is there now.
    loser.client.edit_message(conversation, id, losing, Some(mine.id)).await.unwrap();
    loser.outbox_empties().await;
    bob.sees(conversation, losing).await;
    assert_eq!(message(loser, conversation, id).await.change, None);
}

#[tokio::test]
async fn what_is_here_of_a_conversation_is_known() {
    let town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let bob = town.resident("Bob").await;
    let conversation = alice.direct(bob.user());
    for number in 0..70 {
        alice.says(bob.user(), &format!("{number}")).await;
    }
    alice.outbox_empties().await;
    let laptop = Person::arrives("Bob").await;
    laptop.signs_in(&town.link()).await;
    laptop.has_everything().await;
    let whole = laptop.client.read_coverage(conversation).await.unwrap();
    assert_eq!((whole.messages, whole.complete, whole.missing, whole.name.as_str()), (70, true, 0, "Alice"));
    assert_eq!(whole.since, laptop.timeline(conversation).await.first().map(|message| message.at));
    let list = laptop.client.list_coverage().await.unwrap();
    assert_eq!((list.conversations, list.complete, list.messages, list.items), (1, 1, 70, vec![whole]));
}
