//! A word of one's own is told of where only mentions are, and the window says why; what is muted is not, and it says that too.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context as _, Result};
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
    let server = Hearthd::start(desktop).await?;
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
    window.click("menu-level-mentions").await?;
    window.wait_gone("conversation-menu").await?;
    window.click("open-settings").await?;
    window.fill("keyword", "wick").await?;
    window.press("keyword", Key::Enter).await?;
    window.wait("keyword-kept").await?;
    alice.picture("a-word").await?;
    bob.says("nothing for anybody").await?;
    bob.says("who trims the Wick?").await?;
    let shown = desktop.bus().notification("who trims the Wick?").await?;
    assert_eq!(shown.title, "Bob Example");
    assert!(desktop.bus().shown().iter().all(|shown| !shown.body.contains("nothing for anybody")), "that has not her word");
    why(window, &alice, "who trims the Wick?", "keyword").await?;
    alice.picture("why-told").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("why").await?;

    // Muted, the word is not enough.
    window.press("conversation-more", Key::Enter).await?;
    window.click("menu-mute").await?;
    window.wait("row-muted").await?;
    window.click("open-settings").await?;
    bob.says("a wick again").await?;
    why(window, &alice, "a wick again", "mute").await?;
    alice.picture("why-not-told").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("why").await?;

    // Left alone, the window says so, beside her picture.
    window.click("open-settings").await?;
    window.select("set-quiet", "for_ever").await?;
    window.wait("undisturbed").await?;
    alice.picture("undisturbed").await
}
