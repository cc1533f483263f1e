//! Passing messages on: offline, into several conversations, without telling anybody where they stood or that they are named.

use hearth_client::view::{Connection, Content, InboxWhat, MessageView};
use hearth_protocol::{
    ids::{ConversationId, MessageId},
    limits,
};
use hearth_testkit::{Person, Town};

async fn conversation(by: &Person, name: &str, with: &[&Person]) -> ConversationId {
    for person in with {
        by.client.search_people(&person.name.to_lowercase()).await.unwrap();
    }
    let made = by.client.create_conversation(name, with.iter().map(|person| person.user()).collect()).await.unwrap();
    by.outbox_empties().await;
    let all = async || by.client.list_nameable(made).await.is_ok_and(|people| people.len() == with.len());
    by.until("everybody's name is here", all).await;
    made
}

/// What a message says, and whether it was forwarded.
fn said(message: &MessageView) -> (String, bool) {
    let text = if let Content::Text { text, .. } = &message.content { text.clone() } else { format!("{:?}", message.content) };
    (text, message.forwarded)
}

async fn sees(person: &Person, conversation: ConversationId, wanted: &[(&str, bool)]) {
    let same = async || {
        let shown: Vec<_> = person.timeline(conversation).await.iter().map(said).collect();
        shown.iter().map(|(text, forwarded)| (text.as_str(), *forwarded)).eq(wanted.iter().copied())
    };
    person.until(&format!("{} sees {wanted:?}", person.name), same).await;
}

async fn mentions(person: &Person) -> usize {
    let inbox = person.client.list_inbox().await.unwrap();
    inbox.into_iter().filter(|item| matches!(item.what, InboxWhat::Mention { .. })).count()
}

async fn forwards(by: &Person, (from, message): (ConversationId, MessageId), to: &[ConversationId], comment: &str) -> Result<(), String> {
    by.client.forward_message(from, message, to, comment).await.map_err(|problem| problem.code)
}

#[tokio::test]
async fn it_goes_offline_into_several_with_a_comment_and_names_nobody() {
    let mut town = Town::founded().await;
    let (alice, bob, carol) = (town.resident("Alice").await, town.resident("Bob").await, town.resident("Carol").await);
    let walks = conversation(&alice, "Walks", &[&bob]).await;
    let others = conversation(&alice, "Others", &[&bob, &carol]).await;
    let original = alice.client.send_message(walks, "@bob has the **map**").await.unwrap();
    alice.outbox_empties().await;
    bob.until("Bob is told", async || mentions(&bob).await == 1).await;
    alice.client.save_draft(others, "half a thought", None).await.unwrap();
    town.server_stops().await;
    alice.is(Connection::default()).await;
    // As it will be: an edit of it waits.
    alice.client.edit_message(walks, original, "@bob has the **maps**", None).await.unwrap();
    forwards(&alice, (walks, original), &[others, walks], "Ask him, @carol").await.unwrap();
    let waiting: Vec<String> = alice.client.list_outbox().await.unwrap().into_iter().map(|item| item.what).collect();
    assert_eq!(waiting.iter().filter(|what| *what == "forward_message").count(), 2, "{waiting:?}");
    let there = [("@bob has the **maps**", true), ("Ask him, @carol", false)];
    sees(&alice, others, &there).await;
    town.server_starts().await;
    for person in [&bob, &carol] {
        sees(person, others, &there).await;
    }
    sees(&bob, walks, &[("@bob has the **maps**", false), there[0], there[1]]).await;
    carol.until("Carol is told", async || mentions(&carol).await == 1).await;
    assert_eq!(mentions(&bob).await, 1, "what is passed on tells him nothing new");
    let shown = carol.timeline(others).await.remove(0);
    let Content::Text { blocks, .. } = &shown.content else { panic!("it is a text") };
    assert!(!format!("{blocks:?}").contains(&bob.user().to_string()), "a name and no id: {blocks:?}");
    let line = alice.list().await.into_iter().find(|item| item.id == others).expect("its line");
    assert_eq!(line.draft.as_deref(), Some("half a thought"));
    // Somebody else's words: not to be changed, but to be taken away and passed on.
    let problem = alice.client.edit_message(others, shown.id, "never said", None).await.unwrap_err();
    assert_eq!(problem.code, "not_allowed");
    let direct = carol.client.start_direct(alice.user()).await.unwrap();
    forwards(&carol, (others, shown.id), &[direct], "").await.unwrap();
    sees(&alice, direct, &[there[0]]).await;
    alice.client.delete_message(others, shown.id).await.unwrap();
    sees(&carol, others, &[("Deleted", false), there[1]]).await;
    sees(&alice, direct, &[there[0]]).await;
}

#[tokio::test]
async fn nothing_goes_where_not_all_of_it_can() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    let original = alice.says(bob.user(), "said here").await;
    alice.outbox_empties().await;
    let nowhere = ConversationId::new();
    let many: Vec<_> = (0..=limits::FORWARDS_MAX).map(|_| ConversationId::new()).collect();
    for (to, code) in [(vec![], "bad_request"), (many, "bad_request"), (vec![direct, nowhere], "not_found")] {
        assert_eq!(forwards(&alice, (direct, original), &to, "").await, Err(code.into()));
    }
    assert_eq!(forwards(&alice, (direct, MessageId::new()), &[direct], "").await, Err("not_found".into()));
    let long = "x".repeat(limits::TEXT_CHARS_MAX + 1);
    assert_eq!(forwards(&alice, (direct, original), &[direct], &long).await, Err("message_too_long".into()));
    alice.client.delete_message(direct, original).await.unwrap();
    assert_eq!(forwards(&alice, (direct, original), &[direct], "").await, Err("not_found".into()));
    alice.outbox_empties().await;
    sees(&alice, direct, &[("Deleted", false)]).await;
    // The conversation that is chosen may wait itself.
    let carol = town.resident("Carol").await;
    let second = alice.says(bob.user(), "and this").await;
    let new = alice.client.start_direct(carol.user()).await.unwrap();
    forwards(&alice, (direct, second), &[new], "").await.unwrap();
    sees(&carol, new, &[("and this", true)]).await;
}
