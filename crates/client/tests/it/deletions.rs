//! Deleting an account: what is left on its computers, and on those of others.

use crate::devices::second;
use hearth_client::{
    keychain::{Entry, Keychain},
    view::{Connection, Delivery, Phase, SignInReason},
};
use hearth_testkit::{Person, Town};
use zeroize::Zeroizing;

/// Nothing of anybody is kept.
fn is_blank(person: &Person, name: &str) -> bool {
    let keys = [Entry::ReplicaKey, Entry::Token].iter().any(|entry| person.keychain.read(name, *entry).unwrap().is_some());
    !keys && ["replica.db", "account.json", "ended.json"].iter().all(|file| !person.profile_dir().join(file).exists())
}

fn asks_to_sign_in(person: &Person) -> bool {
    matches!(person.client.phase(), Phase::SignIn { returning: None, reason: None, .. })
}

#[tokio::test]
async fn an_account_ends_on_all_its_computers() {
    let mut town = Town::founded().await;
    let alice = town.resident("Alice").await;
    let mut phone = second(&town, &alice, "phone").await;
    let wrong = alice.client.delete_account(Zeroizing::new("not my password".into())).await.unwrap_err();
    assert_eq!(wrong.code, "wrong_credentials");
    town.server_stops().await;
    alice.is(Connection::Offline { next_try_ms: 0, problem: None }).await;
    assert_eq!(alice.client.delete_account(alice.password()).await.unwrap_err().code, "offline");
    town.server_starts().await;
    alice.is(Connection::Live).await;
    phone.is(Connection::Live).await;

    alice.client.delete_account(alice.password()).await.unwrap();
    assert!(asks_to_sign_in(&alice), "{:?}", alice.client.phase());
    assert!(is_blank(&alice, "alice"));
    let deleted = |person: &Person| matches!(person.client.phase(), Phase::SignIn { reason: Some(SignInReason::AccountDeleted), .. });
    phone.until("the phone is told", async || deleted(&phone)).await;
    assert!(phone.profile_dir().join("replica.db").exists(), "nothing goes before somebody says so");
    phone.restarts().await;
    phone.until("it is still told", async || deleted(&phone)).await;
    phone.client.remove_account().await.unwrap();
    assert!(asks_to_sign_in(&phone) && is_blank(&phone, "alice"), "{:?}", phone.client.phase());
    // The computer is free for somebody else.
    let signed_up = phone.sign_up_problem("alice", "another good password", None).await;
    assert_eq!(signed_up.code, "username_taken");
}

#[tokio::test]
async fn others_keep_what_is_theirs() {
    let mut town = Town::founded().await;
    let (mut alice, bob) = (town.resident("Alice").await, town.resident("Bob").await);
    let conversation = alice.direct(bob.user());
    let hers = alice.says(bob.user(), "from me").await;
    bob.sees(conversation, "from me").await;
    bob.client.mark_read(conversation, 1).await.unwrap();
    bob.says(alice.user(), "from Bob").await;
    alice.sees(conversation, "from Bob").await;
    alice.client.set_focus(Some(conversation), None, true).await.unwrap();
    alice.until("Bob has read it", async || !alice.client.list_readers(conversation, hers).await.unwrap().is_empty()).await;
    // Alice is away when it happens.
    alice.client.shutdown().await;
    bob.client.delete_account(bob.password()).await.unwrap();
    alice.opens();
    alice.started().await;
    alice.until("what Bob wrote is gone", async || alice.reads(conversation).await == ["from me", "(deleted)"]).await;
    alice.client.set_focus(Some(conversation), None, true).await.unwrap();
    alice.until("so is his name", async || alice.list().await[0].name.is_empty()).await;
    alice.until("and what he had read", async || alice.client.list_readers(conversation, hers).await.unwrap().is_empty()).await;
    let found = alice.client.search_people("Bob").await.unwrap();
    assert!(found.is_empty(), "{found:?}");
    let refused = alice.client.send_message(conversation, "are you there?").await.unwrap();
    alice
        .until("it is refused", async || {
            alice
                .timeline(conversation)
                .await
                .iter()
                .any(|message| message.id == refused && matches!(message.state, Some(Delivery::Failed { .. })))
        })
        .await;
    town.server_stops().await;
    alice.restarts().await;
    assert_eq!(alice.reads(conversation).await[0], "from me", "offline as well");
}
