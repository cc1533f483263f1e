//! A friend request between two windows, answered while the server is away.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person};

#[tokio::test]
async fn a_request_is_answered_offline_and_both_see_it() {
    let _turn = turn().await;
    let desktop = Desktop::start("friends").await.unwrap();
    let outcome = they_become_friends(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn they_become_friends(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    asks(&alice, "bob", "We met at the lighthouse").await?;
    bob.window()?.wait("people-badge").await?;
    bob.window()?.click("open-people").await?;
    bob.window()?.wait("people-incoming").await?;
    bob.picture("is-asked").await?;
    assert!(bob.window()?.text("people-incoming").await?.contains("We met at the lighthouse"));

    server.stop().await?;
    bob.is("offline").await?;
    bob.window()?.click("person-accept").await?;
    knows(&bob, "Alice Example").await?;
    bob.window()?.wait_gone("people-badge").await?;
    assert!(alice.window()?.text("people-outgoing").await?.contains("Bob Example"), "she has not heard of it");
    server.start_again(desktop).await?;
    knows(&alice, "Bob Example").await?;
    alice.window()?.wait_gone("people-outgoing").await?;
    alice.picture("knows-bob").await?;

    blocks(&alice, &bob).await
}

async fn asks(person: &Person<'_>, username: &str, note: &str) -> Result<()> {
    let window = person.window()?;
    window.click("open-people").await?;
    window.fill("people-find", username).await?;
    window.click("person-add").await?;
    window.fill("ask-note", note).await?;
    window.click("ask-go").await?;
    window.wait("people-outgoing").await?;
    person.picture("has-asked").await.map(drop)
}

async fn knows(person: &Person<'_>, name: &str) -> Result<()> {
    person.window()?.wait("people-contacts").await?;
    assert!(person.window()?.text("people-contacts").await?.contains(name));
    Ok(())
}

/// The composer is gone for who blocks, and the other sees nothing but that they are no contact any more.
async fn blocks(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("person-write").await?;
    alice.says("See you there").await?;
    alice.sees_own("See you there", "sent").await?;
    window.click("toolbar-block").await?;
    window.click("block-question-go").await?;
    window.wait("blocked-note").await?;
    window.wait_gone("composer").await?;
    alice.picture("has-blocked").await?;
    bob.window()?.wait_gone("people-contacts").await?;
    window.click("unblock").await?;
    window.wait("composer").await.map(drop)
}
