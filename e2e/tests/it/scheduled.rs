//! A message is scheduled by a key, waits through an app that ends, is changed in the list, and sent by the server.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Hearthd, until};
use thirtyfour::Key;

#[tokio::test]
async fn what_is_scheduled_waits_is_changed_and_is_sent_once() {
    let _turn = turn().await;
    let desktop = Desktop::start("scheduled").await.unwrap();
    let outcome = scheduled(&desktop).await;
    seen(&desktop, outcome).await;
}

const WORDS: &str = "The key is under the stone";
const OTHERS: &str = "The key is with Carol";

async fn scheduled(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says("Hello Bob").await?;
    bob.opens("Alice Example").await?;
    bob.sees("Hello Bob").await?;

    // By a key, for a time of the menu.
    let window = alice.window()?;
    window.fill("composer", WORDS).await?;
    window.press("composer", Key::Control + Key::Shift + Key::Enter).await?;
    window.wait("later-menu").await?;
    alice.picture("offers-times").await?;
    window.click("later-hour").await?;
    window.wait("scheduled-bar").await?;
    ensure!(alice.count(WORDS).await? == 0 && bob.count(WORDS).await? == 0, "nobody has said it yet");
    alice.picture("waits-over-the-box").await?;

    // The app is gone, and comes back: it waits.
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.gets_in().await?;
    let window = alice.window()?;

    // In the list of all it gets other words, and is to go out now.
    window.click("open-scheduled").await?;
    window.click("scheduled-edit").await?;
    window.wait("scheduled-edit-dialog").await?;
    window.fill("scheduled-text", OTHERS).await?;
    alice.picture("is-changed").await?;
    window.click("scheduled-save").await?;
    window.wait_gone("scheduled-edit-dialog").await?;
    until("the list has the other words", || async { Ok((window.texts("scheduled-says").await? == [OTHERS]).then_some(())) }).await?;
    alice.picture("in-the-list").await?;
    window.click("scheduled-send").await?;
    bob.sees(OTHERS).await?;
    window.wait_gone("scheduled-line").await?;
    ensure!(bob.count(OTHERS).await? == 1 && bob.count(WORDS).await? == 0, "once, as it was last");
    alice.opens("Bob Example").await?;
    alice.sees_own(OTHERS, "sent").await.map(drop)
}
