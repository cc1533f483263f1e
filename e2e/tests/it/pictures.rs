//! A picture, chosen and cut in one window and seen in the other, until it is hidden.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, until};
use std::path::Path;
use thirtyfour::Key;

const ICON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../icons/512x512.png");

#[tokio::test]
async fn a_picture_is_cut_by_keys_and_seen_by_the_other() {
    let _turn = turn().await;
    let desktop = Desktop::start("pictures").await.unwrap();
    let outcome = they_look_at_each_other(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn they_look_at_each_other(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let mut bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says("Who are you?").await?;
    chooses(&alice).await?;
    says_who_she_is(&alice).await?;

    shows_pictures(&bob, true).await?;
    let window = bob.window()?;
    window.click("face").await?;
    until("the large picture and her words", || async {
        let text = "return document.querySelector('[data-testid=person-card]')?.textContent ?? ''";
        let large = "return (document.querySelector('[data-testid=person-card] img')?.naturalWidth ?? 0) > 128";
        Ok((window.run::<String>(text).await?.contains("Baker.\nUp at four.") && window.run::<bool>(large).await?).then_some(()))
    })
    .await?;
    bob.picture("card").await?;
    window.run::<bool>("document.querySelector('[data-testid=person-card] button').click(); return true;").await?;
    window.wait_gone("person-card").await?;

    // From the replica alone.
    server.stop().await?;
    bob.app_ends().await?;
    bob.opens_the_app(&[]).await?;
    bob.is("offline").await?;
    shows_pictures(&bob, true).await?;
    bob.picture("offline").await?;
    let waits = "return document.querySelector('[data-testid=picture-choose]').disabled";
    until("choosing a picture to wait for the server", || async { Ok(alice.window()?.run::<bool>(waits).await?.then_some(())) }).await?;
    alice.picture("needs-the-server").await.map(drop)
}

/// Chooses what is none first.
async fn chooses(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.wait("picture-choose").await?;
    window.choose_file("picture-file", Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))).await?;
    window.wait("problem").await?;
    alice.picture("no-picture").await?;
    window.choose_file("picture-file", Path::new(ICON)).await?;
    window.wait("picture-stage").await?;
    alice.picture("stage").await?;
    window.press("picture-stage", "++").await?;
    window.press("picture-stage", Key::Left + "").await?;
    window.wait_attribute("picture-stage", "data-zoom", "1.32").await?;
    alice.picture("cut").await?;
    window.run::<bool>("document.querySelector('[data-testid=theme-dark]').click(); return true;").await?;
    alice.picture("cut-dark").await?;
    window.press("picture-save", Key::Enter + "").await?;
    window.wait_gone("picture-crop").await?;
    window.wait("picture-remove").await?;
    shows_pictures(alice, true).await?;
    alice.picture("chosen").await.map(drop)
}

async fn says_who_she_is(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.press("about-text", format!("Baker.{}Up at four.", Key::Enter.value())).await?;
    window.click("about-save").await?;
    alice.picture("about").await.map(drop)
}

/// Waits until the window draws some picture, or none.
async fn shows_pictures(person: &Person<'_>, some: bool) -> Result<()> {
    let window = person.window()?;
    let drawn = "return [...document.querySelectorAll('.avatar img')].some((img) => img.complete && img.naturalWidth > 0)";
    until("pictures in the window", || async { Ok((window.run::<bool>(drawn).await? == some).then_some(())) }).await
}
