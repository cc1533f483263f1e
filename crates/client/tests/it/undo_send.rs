//! What was sent is held as long as its author wants, in reach of nobody else: over a restart, without a network, in its place.

use hearth_client::view::{Content, Delivery, Discarded, OutboxItem, Settings, Wait};
use hearth_protocol::ids::ConversationId;
use hearth_testkit::{Person, Town};

fn holds(person: &Person, seconds: u8) {
    person.client.set_settings(Settings { undo_send_s: seconds, ..person.client.settings() }).unwrap();
}

async fn outbox(person: &Person) -> Vec<OutboxItem> {
    person.client.list_outbox().await.unwrap()
}

fn is_held(item: &OutboxItem) -> bool {
    matches!(item.wait, Some(Wait::Held { until_local }) if until_local > item.since_local)
}

async fn draft(person: &Person, conversation: ConversationId) -> Option<String> {
    person.list().await.into_iter().find(|item| item.id == conversation).expect("its line").draft
}

#[tokio::test]
async fn it_is_nobodys_to_see_survives_a_restart_and_comes_back_beside_what_was_typed() {
    let town = Town::founded().await;
    let (mut alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    alice.says(bob.user(), "before").await;
    bob.sees(conversation, "before").await;
    alice.outbox_empties().await;
    holds(&alice, 30);
    let id = alice.says(bob.user(), "too fast").await;
    let behind = alice.says(bob.user(), "after it").await;
    // It just says something else: no edit goes out.
    alice.client.edit_message(conversation, id, "at leisure", None).await.unwrap();
    alice.restarts().await;
    let items = outbox(&alice).await;
    assert_eq!(items.iter().map(|item| item.text.as_deref()).collect::<Vec<_>>(), [Some("at leisure"), Some("after it")]);
    assert!(items.iter().all(is_held), "{items:?}");
    let shown = alice.timeline(conversation).await.into_iter().find(|message| message.id == id).expect("it is shown");
    assert_eq!((shown.state, shown.edited), (Some(Delivery::Queued), false));
    assert_eq!(bob.reads(conversation).await, ["before"]);
    alice.client.save_draft(conversation, "typed meanwhile", None).await.unwrap();
    let back = alice.client.discard_outbox(behind, true, false).await.unwrap();
    assert_eq!(back, Discarded::Gone { text: Some("after it".into()) });
    assert_eq!(draft(&alice, conversation).await.as_deref(), Some("typed meanwhile\nafter it"));
    // Or it goes at once.
    alice.client.retry_outbox(id).await.unwrap();
    bob.sees(conversation, "at leisure").await;
    alice.outbox_empties().await;
    let arrived = bob.timeline(conversation).await.pop().expect("it arrived");
    assert_eq!((arrived.id, arrived.edited), (id, false));
}

#[tokio::test]
async fn it_goes_by_itself_when_its_time_comes_online_and_off_it() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    holds(&alice, 1);
    alice.says(bob.user(), "one").await;
    // Nothing else happens: the engine wakes for it.
    bob.sees(conversation, "one").await;
    town.server_stops().await;
    alice.is(hearth_client::view::Connection::default()).await;
    alice.says(bob.user(), "two").await;
    holds(&alice, 0);
    alice.says(bob.user(), "three").await;
    alice.until("its time is over", async || outbox(&alice).await[0].wait.is_none()).await;
    town.server_starts().await;
    bob.sees(conversation, "three").await;
    assert_eq!(bob.reads(conversation).await, ["one", "two", "three"]);
}

#[tokio::test]
async fn a_reply_that_comes_back_answers_what_it_did() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    let original = alice.says(bob.user(), "shall we?").await;
    bob.sees(conversation, "shall we?").await;
    alice.outbox_empties().await;
    holds(&alice, 30);
    let answer = alice.client.reply_to_message(conversation, original, "we shall").await.unwrap();
    alice.client.discard_outbox(answer, true, false).await.unwrap();
    let line = alice.list().await.into_iter().find(|item| item.id == conversation).expect("its line");
    assert_eq!((line.draft.as_deref(), line.draft_quote.map(|quote| quote.message)), (Some("we shall"), Some(original)));
    // What is held and deleted is simply not sent.
    let id = alice.says(bob.user(), "never").await;
    alice.client.delete_message(conversation, id).await.unwrap();
    assert_eq!(outbox(&alice).await, []);
    let texts: Vec<Content> = bob.timeline(conversation).await.into_iter().map(|message| message.content).collect();
    assert_eq!(texts, [Content::Text { text: "shall we?".into(), blocks: None }]);
}

#[tokio::test]
async fn an_answer_to_a_notice_goes_at_once() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    let asked = alice.says(bob.user(), "shall we?").await;
    bob.sees(conversation, "shall we?").await;
    holds(&bob, 30);
    bob.client.answer_notice(conversation, asked, "we shall").await.unwrap();
    assert!(!outbox(&bob).await.iter().any(is_held));
    alice.sees(conversation, "we shall").await;
}
