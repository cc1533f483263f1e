//! What messages said before they were edited: asked of the server, and here from then on.

use hearth_client::view::{Connection, PartChange, VersionsView};
use hearth_protocol::ids::{ConversationId, MessageId};
use hearth_testkit::{Person, Town};

const OFFLINE: Connection = Connection::Offline { next_try_ms: 0, problem: None };

async fn versions(person: &Person, conversation: ConversationId, message: MessageId) -> VersionsView {
    person.client.list_versions(conversation, message).await.unwrap()
}

/// The texts, each as it was.
fn texts(view: &VersionsView) -> Vec<String> {
    let text = |parts: &[hearth_client::view::VersionPart]| {
        parts.iter().filter(|part| part.change != PartChange::Removed).map(|part| part.text.as_str()).collect::<String>()
    };
    view.versions.iter().map(|version| text(&version.parts)).collect()
}

/// Alice says something to Bob and changes it; Bob sees what it has become.
async fn changed(alice: &Person, bob: &Person, becomes: &[&str]) -> MessageId {
    let direct = alice.direct(bob.user());
    let id = alice.says(bob.user(), becomes[0]).await;
    alice.delivered(direct, id).await;
    for text in &becomes[1..] {
        alice.client.edit_message(direct, id, text, None).await.unwrap();
        alice.outbox_empties().await;
    }
    bob.sees(direct, becomes[becomes.len() - 1]).await;
    id
}

#[tokio::test]
async fn what_was_looked_up_is_there_offline_and_what_was_not_says_why() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    let first = changed(&alice, &bob, &["see you at noon", "see you at one", "see you at two"]).await;
    let seen = versions(&bob, direct, first).await;
    assert_eq!(texts(&seen), ["see you at noon", "see you at one", "see you at two"]);
    assert!(seen.problem.is_none() && seen.versions.iter().all(|version| version.missing == 0));
    let times: Vec<_> = seen.versions.iter().map(|version| version.at.unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let last = &seen.versions[2].parts;
    let changes: Vec<_> = last.iter().map(|part| (part.change, part.text.as_str())).collect();
    assert_eq!(changes, [(PartChange::Kept, "see you at "), (PartChange::Removed, "one"), (PartChange::Added, "two")]);
    let second = changed(&alice, &bob, &["a", "b", "c"]).await;
    // A device of his that has looked nothing up.
    let elsewhere = Person::arrives("Bob").await;
    elsewhere.signs_in(&town.link()).await;
    elsewhere.sees(direct, "c").await;

    town.server_stops().await;
    for device in [&bob, &elsewhere] {
        device.is(OFFLINE).await;
    }
    assert_eq!(versions(&bob, direct, first).await, seen);
    for (device, message, text) in [(&bob, second, "c"), (&elsewhere, first, "see you at two")] {
        let here = versions(device, direct, message).await;
        assert_eq!((texts(&here), here.versions[0].missing), (vec![text.to_owned()], 2), "what it says now is here");
        assert_eq!(here.problem.unwrap().code, "offline");
    }
    town.server_starts().await;
    elsewhere.is(Connection::Live).await;
    assert_eq!(versions(&elsewhere, direct, first).await, seen);
}

#[tokio::test]
async fn what_a_deleted_message_said_is_nowhere() {
    let town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    let id = changed(&alice, &bob, &["a regretted word", "a better word"]).await;
    assert_eq!(texts(&versions(&bob, direct, id).await).len(), 2);
    alice.client.delete_message(direct, id).await.unwrap();
    bob.until("it is deleted", async || bob.client.list_versions(direct, id).await.is_err_and(|problem| problem.code == "message_gone"))
        .await;
    assert_eq!(bob.client.replica().unwrap().all_versions().await.unwrap(), []);
    let nothing = bob.client.list_versions(direct, MessageId::new()).await.unwrap_err();
    assert_eq!(nothing.code, "message_gone");
}

#[tokio::test]
async fn an_edit_that_waits_is_the_last_version() {
    let mut town = Town::founded().await;
    let (alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let direct = alice.direct(bob.user());
    let id = changed(&alice, &bob, &["one"]).await;
    let unedited = versions(&bob, direct, id).await;
    assert!(texts(&unedited) == ["one"] && unedited.problem.is_none(), "nothing need be asked for");
    town.server_stops().await;
    alice.is(OFFLINE).await;
    alice.client.edit_message(direct, id, "two", None).await.unwrap();
    let waiting = versions(&alice, direct, id).await;
    assert_eq!((texts(&waiting), waiting.versions[1].at, waiting.problem), (vec!["one".to_owned(), "two".to_owned()], None, None));
    town.server_starts().await;
    alice.outbox_empties().await;
    bob.sees(direct, "two").await;
    for person in [&alice, &bob] {
        let sent = versions(person, direct, id).await;
        assert_eq!(texts(&sent), ["one", "two"]);
        assert!(sent.versions.iter().all(|version| version.at.is_some()));
    }
}
