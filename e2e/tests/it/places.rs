//! Places in two real windows: a conversation gets a picture, and the list stands by group, folded by keys and as it was left.

use crate::{
    acts::{begins, meets},
    stage::{seen, turn, two},
};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Person, until};
use std::path::Path;
use thirtyfour::Key;

const ICON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../icons/512x512.png");

#[tokio::test]
async fn a_conversation_gets_a_picture_and_the_list_stands_by_group() {
    let _turn = turn().await;
    let desktop = Desktop::start("places").await.unwrap();
    let outcome = places(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn places(desktop: &Desktop) -> Result<()> {
    let (mut server, mut alice, mut bob) = two(desktop, "alice", "bob").await?;
    begins(&alice, "Walks", "bob").await?;
    alice.window()?.wait("about-open").await?;
    alice.says("Are you in?").await?;
    bob.opens("Walks").await?;
    bob.sees("Are you in?").await?;

    chooses(&alice).await?;
    drawn(&alice, true).await?;
    happened(&bob, "Alice Example changed the picture").await?;
    drawn(&bob, true).await?;
    bob.picture("sees-it").await?;

    // From the replica alone, in the list as well as above the messages.
    server.stop().await?;
    bob.app_ends().await?;
    bob.opens_the_app(&[]).await?;
    bob.is("offline").await?;
    bob.opens("Walks").await?;
    drawn(&bob, true).await?;
    bob.picture("offline").await?;
    server.start_again(desktop).await?;
    bob.is("live").await?;
    alice.is("live").await?;
    alice.window()?.click("picture-remove").await?;
    happened(&bob, "Alice Example removed the picture").await?;
    drawn(&bob, false).await?;
    alice.window()?.type_keys(Key::Escape).await?;
    alice.window()?.wait_gone("about-dialog").await?;

    meets(&alice, "Night walks", "plans", &[]).await?;
    by_group(&alice).await?;
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.window()?.wait("list-section").await?;
    until("the section to be folded as it was", || async { Ok(folded(&alice, "Outside groups").await?.then_some(())) }).await?;
    ensure!(!listed(&alice, "Walks").await? && listed(&alice, "plans").await?, "what is folded has no lines");
    alice.picture("folded-again").await.map(drop)
}

async fn chooses(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("about-open").await?;
    window.wait("picture-choose").await?;
    window.choose_file("picture-file", Path::new(ICON)).await?;
    window.wait("picture-stage").await?;
    alice.picture("stage").await?;
    window.press("picture-save", Key::Enter + "").await?;
    window.wait_gone("picture-crop").await?;
    window.wait("picture-remove").await?;
    alice.picture("chosen").await.map(drop)
}

/// Turns it on, and folds and unfolds by keys.
async fn by_group(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("list-by-group").await?;
    window.wait("list-section").await?;
    until("two sections", || async {
        let names = "return [...document.querySelectorAll('[data-testid=list-section]')].map((head) => head.dataset.name).join()";
        Ok((window.run::<String>(names).await? == "Outside groups,Night walks").then_some(()))
    })
    .await?;
    alice.picture("by-group").await?;
    window.press("list-section", Key::Left + "").await?;
    until("it to be folded", || async { Ok((folded(alice, "Outside groups").await? && !listed(alice, "Walks").await?).then_some(())) })
        .await?;
    alice.picture("folded").await?;
    window.press("list-section", Key::Right + "").await?;
    until("it to be unfolded", || async { Ok(listed(alice, "Walks").await?.then_some(())) }).await?;
    window.press("list-section", Key::Left + "").await?;
    until("it to be folded again", || async { Ok((!listed(alice, "Walks").await?).then_some(())) }).await
}

async fn folded(person: &Person<'_>, name: &str) -> Result<bool> {
    let head = format!("document.querySelector('[data-testid=list-section][data-name=\"{name}\"]')");
    person.window()?.run(&format!("return {head}?.getAttribute('aria-expanded') === 'false'")).await
}

async fn listed(person: &Person<'_>, name: &str) -> Result<bool> {
    let line = format!("document.querySelector('[data-testid=conversation-row][data-name=\"{name}\"]')");
    person.window()?.run(&format!("return {line} !== null")).await
}

/// Waits until the window draws a picture in the list and above the messages, or in neither.
async fn drawn(person: &Person<'_>, some: bool) -> Result<()> {
    let window = person.window()?;
    let there = "return ['.list', '.toolbar'].map((place) => [...document.querySelectorAll(`${place} .avatar img`)]
        .some((img) => img.complete && img.naturalWidth > 0)).join()";
    let wanted = format!("{some},{some}");
    until("the picture in list and header", || async { Ok((window.run::<String>(there).await? == wanted).then_some(())) }).await
}

/// Waits until the timeline tells it.
async fn happened(person: &Person<'_>, words: &str) -> Result<()> {
    let window = person.window()?;
    until(&format!("it is told: {words}"), || async {
        Ok(window.texts("happened").await?.iter().any(|line| line.contains(words)).then_some(()))
    })
    .await
}
