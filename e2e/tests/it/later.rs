//! What was just sent is had back by a key, held through a crash, and goes by itself; a message is passed on by keys.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context, Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn what_was_sent_is_had_back_or_goes_and_is_passed_on() {
    let _turn = turn().await;
    let desktop = Desktop::start("later").await.unwrap();
    let outcome = later(&desktop).await;
    seen(&desktop, outcome).await;
}

const HASTY: &str = "The rope is in the hut";
const HELD: &str = "The rope is in the car";

async fn later(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    let carol = signed_up(desktop, &server, "carol", None).await?;
    alice.starts_talking_to("carol").await?;
    alice.says("Hello Carol").await?;
    alice.starts_talking_to("bob").await?;
    alice.says("Hello Bob").await?;
    bob.opens("Alice Example").await?;
    bob.sees("Hello Bob").await?;

    // Held, and had back by a key: nobody has seen it.
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.choose("set-undo-send", "20").await?;
    alice.picture("setting").await?;
    window.type_keys(Key::Escape).await?;
    alice.opens("Bob Example").await?;
    alice.says(HASTY).await?;
    window.wait("undo-send").await?;
    alice.picture("can-be-undone").await?;
    window.press("composer", Key::Control + "z").await?;
    until("the text is in the box again", || async { Ok((window.value("composer").await? == HASTY).then_some(())) }).await?;
    window.wait_gone("undo-send").await?;
    ensure!(alice.count(HASTY).await? == 0 && bob.count(HASTY).await? == 0, "it is nowhere but in the box");

    // Held through a crash, and sent when its time has come.
    alice.says(HELD).await?;
    window.wait("undo-send").await?;
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.gets_in().await?;
    alice.opens("Bob Example").await?;
    alice.sees(HELD).await?;
    bob.sees(HELD).await?;
    alice.sees_own(HELD, "sent").await?;

    // Passed on by keys, without a network.
    server.stop().await?;
    alice.is("offline").await?;
    let window = alice.window()?;
    focus(window, HELD).await?;
    window.type_keys("f").await?;
    window.wait("forward").await?;
    window.fill("forward-query", "carol").await?;
    window.press("forward-query", Key::Enter).await?;
    until("Carol is ticked", || async {
        Ok(window.run::<bool>("return document.querySelector('[data-testid=forward-place] input')?.checked === true").await?.then_some(()))
    })
    .await?;
    window.fill("forward-comment", "In case you go").await?;
    alice.picture("forwards").await?;
    window.click("forward-go").await?;
    window.wait_gone("forward").await?;
    server.start_again(desktop).await?;
    carol.opens("Alice Example").await?;
    carol.sees("In case you go").await?;
    carol.sees(HELD).await.context("the message comes before the comment")?;
    ensure!(carol.window()?.texts("message-forwarded").await?.len() == 1, "the message is marked, the comment is not");
    carol.picture("is-forwarded").await.map(drop)
}

/// Gives the message of this text the focus, wherever it is in the window.
async fn focus(window: &Window, text: &str) -> Result<()> {
    let script = format!(
        "const one = [...document.querySelectorAll('[data-testid=message]')].find((shown) => shown.textContent.includes({text:?}));
         one?.focus(); return one !== undefined && document.activeElement === one;"
    );
    until("the message has the focus", || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}
