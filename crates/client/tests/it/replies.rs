//! Answering messages: the quote that each reader sees, what is offline, and who is told.

use hearth_client::view::{At, Connection, Discarded, InboxWhat, QuotedView};
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};

/// What the messages of a conversation quote: whose words, and these.
async fn quotes(person: &Person, conversation: ConversationId) -> Vec<String> {
    let said = |what| match what {
        QuotedView::Text { text } => text,
        other => format!("{other:?}"),
    };
    let page = person.client.open_timeline(conversation, At::End).await.unwrap();
    page.messages.into_iter().filter_map(|message| message.quote).map(|quote| format!("{}: {}", quote.name, said(quote.what))).collect()
}

async fn sees(person: &Person, conversation: ConversationId, wanted: &[&str]) {
    person.until(&format!("{} sees {wanted:?} quoted", person.name), async || quotes(person, conversation).await == wanted).await;
}

/// Who answers somebody, what, and whether it is read.
async fn told(person: &Person) -> Vec<(String, String, bool)> {
    let inbox = person.client.list_inbox().await.unwrap();
    let reply = |what| if let InboxWhat::Reply { person, text, .. } = what { Some((person?.name, text)) } else { None };
    inbox.into_iter().filter_map(|item| reply(item.what).map(|(name, text)| (name, text, item.read))).collect()
}

async fn is_told(person: &Person, wanted: &[(&str, &str, bool)]) {
    let same = |told: &[(String, String, bool)]| {
        told.iter().map(|(name, text, read)| (name.as_str(), text.as_str(), *read)).eq(wanted.iter().copied())
    };
    person.until(&format!("{} is told {wanted:?}", person.name), async || same(&told(person).await)).await;
}

async fn mentions(person: &Person, conversation: ConversationId) -> u32 {
    person.list().await.into_iter().find(|item| item.id == conversation).expect("its line").mentions
}

/// Alice and Bob in a conversation of several.
async fn two(town: &Town) -> (Person, Person, ConversationId) {
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    alice.client.search_people("bob").await.unwrap();
    let conversation = alice.client.create_conversation("Walks", vec![bob.user()]).await.unwrap();
    bob.until("it is here", async || !bob.list().await.is_empty()).await;
    (alice, bob, conversation)
}

async fn replies(person: &Person, conversation: ConversationId, to: MessageId, text: &str) -> MessageId {
    person.client.reply_to_message(conversation, to, text).await.unwrap()
}

#[tokio::test]
async fn a_reply_is_written_offline_quoted_everywhere_and_told_until_it_is_read() {
    let mut town = Town::founded().await;
    let (alice, bob, conversation) = two(&town).await;
    let original = alice.client.send_message(conversation, "**Who** has the map?\nI cannot find it.").await.unwrap();
    bob.until("Bob has it", async || !bob.timeline(conversation).await.is_empty()).await;
    town.server_stops().await;
    bob.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let answer = replies(&bob, conversation, original, "I do").await;
    // And an answer to what has not left itself.
    replies(&bob, conversation, answer, "and the lamp").await;
    assert_eq!(quotes(&bob, conversation).await, ["Alice: Who has the map?", "Bob: I do"]);
    let waiting = bob.client.list_outbox().await.unwrap();
    assert_eq!(waiting.iter().map(|item| item.quote.is_some()).collect::<Vec<_>>(), [true, true]);
    town.server_starts().await;
    sees(&alice, conversation, &["Alice: Who has the map?", "Bob: I do"]).await;
    is_told(&alice, &[("Bob", "I do", false)]).await;
    alice.until("it is counted", async || mentions(&alice, conversation).await == 1).await;
    alice.client.mark_read(conversation, 3).await.unwrap();
    is_told(&alice, &[("Bob", "I do", true)]).await;
    bob.outbox_empties().await;
    assert_eq!(told(&bob).await, [], "what one answers oneself is no news");
    let elsewhere = Person::arrives("Alice").await;
    elsewhere.signs_in(&town.link()).await;
    is_told(&elsewhere, &[("Bob", "I do", true)]).await;
    sees(&elsewhere, conversation, &["Alice: Who has the map?", "Bob: I do"]).await;
}

#[tokio::test]
async fn what_is_changed_blocked_or_deleted_is_so_in_every_quote() {
    let town = Town::founded().await;
    let (alice, bob, conversation) = two(&town).await;
    let original = alice.client.send_message(conversation, "at nine").await.unwrap();
    alice.delivered(conversation, original).await;
    bob.until("Bob has it", async || !bob.timeline(conversation).await.is_empty()).await;
    let answer = replies(&bob, conversation, original, "good").await;
    sees(&alice, conversation, &["Alice: at nine"]).await;
    alice.client.edit_message(conversation, original, "at ten", None).await.unwrap();
    sees(&bob, conversation, &["Alice: at ten"]).await;
    bob.client.block_user(alice.user()).await.unwrap();
    sees(&bob, conversation, &["Alice: Blocked"]).await;
    bob.client.unblock_user(alice.user()).await.unwrap();
    sees(&bob, conversation, &["Alice: at ten"]).await;
    alice.outbox_empties().await;
    alice.client.delete_message(conversation, original).await.unwrap();
    sees(&bob, conversation, &["Alice: Deleted"]).await;
    // Bob answers what he saw before he heard of that, and it arrives.
    replies(&bob, conversation, original, "or eleven").await;
    bob.outbox_empties().await;
    sees(&alice, conversation, &["Alice: Deleted", "Alice: Deleted"]).await;
    is_told(&alice, &[("Bob", "or eleven", false), ("Bob", "good", false)]).await;
    bob.client.delete_message(conversation, answer).await.unwrap();
    sees(&alice, conversation, &["Alice: Deleted"]).await;
    is_told(&alice, &[("Bob", "or eleven", false)]).await;
}

#[tokio::test]
async fn what_answers_something_given_up_is_asked_about_and_a_draft_remembers() {
    let mut town = Town::founded().await;
    let (alice, _bob, conversation) = two(&town).await;
    alice.outbox_empties().await;
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    let first = alice.client.send_message(conversation, "first").await.unwrap();
    let second = replies(&alice, conversation, first, "to myself").await;
    let Discarded::Needed { by } = alice.client.discard_outbox(first, false, false).await.unwrap() else { panic!("it is needed") };
    assert_eq!(by.iter().map(|item| item.id).collect::<Vec<_>>(), [second]);
    // Written anew it answers the same.
    assert!(matches!(alice.client.discard_outbox(second, true, false).await.unwrap(), Discarded::Gone { .. }));
    let line = async || alice.list().await.into_iter().find(|item| item.id == conversation).expect("its line");
    let now = line().await;
    assert_eq!((now.draft.as_deref(), now.draft_quote.map(|quote| quote.message)), (Some("to myself"), Some(first)));
    alice.client.save_draft(conversation, "", Some(first)).await.unwrap();
    let now = line().await;
    assert_eq!((now.draft, now.draft_quote.map(|quote| quote.what)), (None, Some(QuotedView::Text { text: "first".into() })));
}
