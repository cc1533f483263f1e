//! A word of one's own is told of where only mentions are, and the window says why; what is muted is not, and it says that too.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_word_is_told_of_and_the_window_says_why() {
    let _turn = turn().await;
    let desktop = Desktop::start("why").await.unwrap();
    let outcome = tells(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn tells(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says("hello").await?;
    let window = alice.window()?;
    alice.opens("Bob Example").await?;
    alice.sees("hello").await?;

    // Of Bob she wants to be told of mentions only, and of one word.
    window.press("conversation-more", Key::Enter).await?;
    window.wait("conversation-menu").await?;
    window.click_where("menu-level", "data-level", "mentions").await?;
    window.wait_gone("conversation-menu").await?;
    window.click("open-settings").await?;
    window.fill("keyword", "wick").await?;
    window.press("keyword", Key::Enter).await?;
    window.wait("keyword-kept").await?;
    alice.picture("a-word").await?;
    bob.says("nothing for anybody").await?;
    bob.says("who trims the Wick?").await?;
    let shown = desktop.bus().notification("who trims the Wick?").await?;
    assert!(shown.title.contains("Bob Example"), "{shown:?}");
    assert!(desktop.bus().shown().iter().all(|shown| !shown.body.contains("nothing for anybody")), "that has not her word");
    back(window).await?;
    is_decided_by(window, "who trims the Wick?", "keyword").await?;
    alice.picture("why-told").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("why").await?;

    // Muted, the word is not enough.
    window.press("conversation-more", Key::Enter).await?;
    window.wait("conversation-menu").await?;
    window.press("menu-mute", Key::Enter).await?;
    window.wait("row-muted").await?;
    window.click("open-settings").await?;
    bob.says("a wick again").await?;
    back(window).await?;
    is_decided_by(window, "a wick again", "mute").await?;
    alice.picture("why-not-told").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("why").await?;

    // Who wants to be left alone sees it beside their picture.
    window.click("open-settings").await?;
    window.choose("set-quiet", "for_ever").await?;
    window.wait("undisturbed").await?;
    alice.picture("undisturbed").await.map(drop)
}

/// From the settings to the open conversation.
async fn back(window: &Window) -> Result<()> {
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    window.wait("timeline").await.map(drop)
}

/// Asks of a message why she was told of it, or not.
async fn is_decided_by(window: &Window, text: &str, rule: &str) -> Result<()> {
    let script = format!(
        "const message = [...document.querySelectorAll('[data-testid=message]')].find((one) => one.textContent.includes({text:?}));
         if (message) message.dispatchEvent(new MouseEvent('contextmenu', {{ bubbles: true, cancelable: true, clientX: 400, clientY: 300 }}));
         return Boolean(message)"
    );
    until(&format!("{text:?} is there"), || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await?;
    window.click("menu-why").await?;
    let decided = "return document.querySelector('[data-testid=why-step][data-decides=true]')?.dataset.rule ?? ''";
    until(&format!("{rule} decided of {text:?}"), || async { Ok((window.run::<String>(decided).await? == rule).then_some(())) }).await
}
