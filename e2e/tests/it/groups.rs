//! Groups in two real windows: an invitation and a link lead in, somebody gets a role, and the group ends while they are away.

use crate::{
    acts::meets,
    stage::{seen, turn, two},
};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_link_leads_into_a_group_which_ends_while_somebody_is_away() {
    let _turn = turn().await;
    let desktop = Desktop::start("groups").await.unwrap();
    let outcome = a_life(&desktop).await;
    seen(&desktop, outcome).await;
}

#[tokio::test]
async fn an_invitation_is_answered_offline_and_leads_in() {
    let _turn = turn().await;
    let desktop = Desktop::start("invitations").await.unwrap();
    let outcome = an_invitation(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn an_invitation(desktop: &Desktop) -> Result<()> {
    let (mut server, alice, bob) = two(desktop, "alice", "bob").await?;
    meets(&alice, "Night walks", "plans", &[]).await?;
    invites(&alice, "bob", "Bring a thermos").await?;

    bob.window()?.wait("inbox-badge").await?;
    bob.window()?.click("open-inbox").await?;
    bob.window()?.wait("inbox-accept").await?;
    bob.picture("is-told").await?;
    bob.window()?.wait("people-badge").await?;
    bob.window()?.click("open-people").await?;
    let asked = bob.window()?.text("people-invited").await?;
    assert!(asked.contains("Night walks") && asked.contains("Alice Example") && asked.contains("Bring a thermos"), "{asked:?}");
    bob.picture("is-invited").await?;
    server.stop().await?;
    bob.is("offline").await?;
    bob.window()?.click("person-join").await?;
    bob.window()?.wait_gone("people-badge").await?;
    assert!(alice.window()?.has("group-invited").await?, "she has not heard of it");
    server.start_again(desktop).await?;
    until("Bob is in the group", || async { Ok(lists(&bob, "plans").await?.then_some(())) }).await?;
    bob.opens("plans").await?;
    bob.window()?.wait_gone("inbox-badge").await?;
    alice.window()?.wait_gone("group-invited").await?;
    alice.picture("bob-has-come").await.map(drop)
}

async fn invites(alice: &Person<'_>, username: &str, note: &str) -> Result<()> {
    let window = alice.window()?;
    window.click("group-open").await?;
    window.click("group-add").await?;
    window.fill("create-people", username).await?;
    window.wait("create-person").await?;
    // Enter ticks the only one who is found.
    window.press("create-people", Key::Enter).await?;
    window.click("group-ask-first").await?;
    window.fill("group-ask-note", note).await?;
    alice.picture("asks-first").await?;
    window.click("group-add-go").await?;
    window.wait("group-invited").await?;
    alice.picture("has-invited").await.map(drop)
}

async fn a_life(desktop: &Desktop) -> Result<()> {
    let (_server, mut bob, alice) = two(desktop, "bob", "alice").await?;
    meets(&alice, "Night walks", "plans", &[]).await?;
    alice.says("Bring torches").await?;
    alice.sees_own("Bring torches", "sent").await?;
    let link = makes_a_link(&alice).await?;

    joins(&bob, &link).await?;
    bob.opens("plans").await?;
    bob.sees("Bring torches").await?;
    gets_a_role(&alice, &bob).await?;

    // Bob is away with something half written, and Alice deletes the group.
    bob.window()?.fill("composer", "half a thought").await?;
    bob.app_ends().await?;
    deletes_the_group(&alice).await?;
    bob.opens_the_app(&[]).await?;
    bob.is("live").await?;
    until("the group is gone from Bob's list", || async { Ok((!lists(&bob, "plans").await?).then_some(())) }).await?;
    bob.picture("the-group-is-gone").await.map(drop)
}

/// From the group's page; shown once.
async fn makes_a_link(alice: &Person<'_>) -> Result<String> {
    let window = alice.window()?;
    window.click("group-open").await?;
    window.click("group-links").await?;
    window.click("invite-make").await?;
    let link = window.text("invite-link").await?;
    alice.picture("a-link-into-the-group").await?;
    close_dialogs(alice).await?;
    Ok(link)
}

async fn joins(bob: &Person<'_>, link: &str) -> Result<()> {
    let window = bob.window()?;
    window.click("new-conversation").await?;
    window.click("join-open").await?;
    window.fill("join-link", link).await?;
    window.press("join-link", Key::Enter).await?;
    let found = window.text("join-found").await?;
    assert!(found.contains("Night walks") && found.contains("1 person"), "{found:?}");
    bob.picture("where-the-link-leads").await?;
    window.click("join-go").await?;
    window.wait("group-dialog").await?;
    close_dialogs(bob).await
}

/// Alice makes Bob an admin; his window offers what an admin may do.
async fn gets_a_role(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("group-open").await?;
    window.click("member-more").await?;
    window.wait("member-menu").await?;
    alice.picture("what-may-be-done-about-somebody").await?;
    window.click("member-admin").await?;
    until("Bob is an admin on Alice's page", || async {
        let roles = window.texts("group-member").await?;
        Ok(roles.iter().any(|line| line.contains("Bob") && line.contains("Admin")).then_some(()))
    })
    .await?;
    close_dialogs(alice).await?;
    let window = bob.window()?;
    window.click("group-open").await?;
    window.wait("group-edit").await?;
    window.click("group-edit").await?;
    window.fill("group-name", "Night hikes").await?;
    window.press("group-name", Key::Enter).await?;
    window.wait_gone("group-edit-dialog").await?;
    bob.picture("the-page-of-a-group").await?;
    close_dialogs(bob).await
}

async fn deletes_the_group(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("group-open").await?;
    until("the name that Bob gave it", || async {
        let title = window.texts("group-dialog").await?;
        Ok(title.iter().any(|text| text.contains("Night hikes")).then_some(()))
    })
    .await?;
    window.click("group-delete").await?;
    window.fill("group-delete-name", "Night hikes").await?;
    alice.picture("asks-before-deleting").await?;
    window.click("group-delete-go").await?;
    window.wait_gone("group-dialog").await?;
    until("it is gone from Alice's list", || async { Ok((!lists(alice, "plans").await?).then_some(())) }).await
}

async fn close_dialogs(person: &Person<'_>) -> Result<()> {
    let window = person.window()?;
    for _ in 0..3 {
        if !window.has("group-dialog").await? {
            return Ok(());
        }
        window.type_keys(Key::Escape).await?;
    }
    window.wait_gone("group-dialog").await.context("the group's page stays open")
}

async fn lists(person: &Person<'_>, name: &str) -> Result<bool> {
    Ok(person.window()?.texts("conversation-row").await?.iter().any(|line| line.contains(name)))
}
