//! The admin's window and the window of whom it concerns: an invitation, a deactivated account, what was written of it.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn somebody_is_invited_and_deactivated_and_comes_back() {
    let _turn = turn().await;
    let desktop = Desktop::start("administration").await.unwrap();
    let outcome = administers(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn administers(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.click("open-admin").await?;
    window.wait("admin-people-query").await?;
    alice.picture("people").await?;
    let link = invites(&alice).await?;

    let mut bob = Person::arrives(desktop, "bob").await?;
    bob.opens_the_app(&[]).await?;
    bob.connects_to(&link).await?;
    if !bob.window()?.has("sign-up-go").await? {
        bob.window()?.click("to-sign-up").await?;
    }
    let brought = bob.window()?.value("invite").await?;
    assert!(!brought.is_empty() && link.contains(&brought), "{brought:?} of {link}");
    bob.picture("is-invited").await?;
    bob.signs_up(None).await?;
    bob.is("live").await?;

    acts_on(&alice, "bob", "admin-deactivate").await?;
    let theirs = bob.window()?;
    theirs.wait("sign-in-page").await?;
    let said = theirs.text("sign-reason").await?;
    assert!(said.contains("deactivated"), "{said:?}");
    bob.picture("is-deactivated").await?;

    window.click("tab-audit").await?;
    window.wait("audit-entry").await?;
    alice.picture("audit").await?;
    let entries = window.texts("audit-entry").await?;
    assert!(entries.first().is_some_and(|entry| entry.contains("Bob")), "{entries:?}");

    acts_on(&alice, "bob", "admin-reactivate").await?;
    bob.signs_in_as("bob").await?;
    bob.is("live").await
}

/// From now on signing up takes an invitation, and here is one.
async fn invites(alice: &Person<'_>) -> Result<String> {
    let window = alice.window()?;
    window.click("tab-roles").await?;
    window.wait("role-line").await?;
    alice.picture("roles").await?;
    window.click("tab-settings").await?;
    window.wait("admin-sign-up").await?;
    window.choose("admin-sign-up", "invited").await?;
    window.wait("admin-unsaved").await?;
    alice.picture("settings").await?;
    window.click("admin-save").await?;
    until("they are saved", || async { Ok(window.text("admin-unsaved").await?.is_empty().then_some(())) }).await?;
    window.click("tab-invites").await?;
    window.click("admin-invite-make").await?;
    window.wait("admin-invite-link").await?;
    alice.picture("invitations").await?;
    let said = window.text("admin-invite-link").await?;
    said.split_whitespace().find(|word| word.starts_with("hearth://sign-up/")).map(str::to_owned).context("no link")
}

/// In the list of people, with the question that comes.
async fn acts_on(alice: &Person<'_>, username: &str, act: &str) -> Result<()> {
    let window = alice.window()?;
    window.click("tab-people").await?;
    window.fill("admin-people-query", username).await?;
    until(&format!("{username} alone"), || async {
        let lines = window.texts("account-line").await?;
        Ok((lines.len() == 1 && lines[0].contains(username)).then_some(()))
    })
    .await?;
    window.click("account-line").await?;
    window.wait(act).await?;
    alice.picture(&format!("{act}-of-{username}")).await?;
    window.click(act).await?;
    if act == "admin-deactivate" {
        window.wait("admin-question").await?;
        alice.picture("asks-first").await?;
        window.click("admin-question-go").await?;
    }
    window.wait_gone(act).await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("person-details").await
}
