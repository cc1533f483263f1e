//! An emoji is put on a message by keys, without a server too, and the other one sees it and by whom.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn an_emoji_is_found_put_on_a_message_and_seen() {
    let _turn = turn().await;
    let desktop = Desktop::start("reactions").await.unwrap();
    let outcome = react(&desktop).await;
    seen(&desktop, outcome).await;
}

const SAID: &str = "The comet is up";

async fn react(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(SAID).await?;
    alice.sees_own(SAID, "sent").await?;
    bob.opens("Alice Example").await?;
    bob.sees(SAID).await?;

    // By keys alone, while the server is away.
    server.stop().await?;
    bob.is("offline").await?;
    let window = bob.window()?;
    window.press("message", "+").await?;
    window.wait("emoji-picker").await?;
    until("every emoji is there", || async {
        let count: usize = window.run("return document.querySelectorAll('[data-testid=emoji]').length").await?;
        Ok((count > 1_000).then_some(()))
    })
    .await?;
    bob.picture("picker").await?;
    window.fill("emoji-search", "comet").await?;
    is_offered(window, "☄️").await?;
    window.press("emoji-search", Key::Enter).await?;
    window.wait_gone("emoji-picker").await?;
    window.wait_attribute("reaction", "aria-pressed", "true").await?;
    assert_eq!(window.run::<String>("return document.activeElement.dataset.testid").await?, "message", "the focus is where it was");
    bob.picture("waits").await?;
    server.start_again(desktop).await?;
    bob.is("live").await?;

    let window = alice.window()?;
    window.wait_attribute("reaction", "data-emoji", "☄️").await?;
    assert_eq!(window.attribute("reaction", "title").await?, "Bob Example");
    window.click("reaction").await?;
    window.wait_attribute("reaction", "aria-pressed", "true").await?;
    alice.picture("reacted").await?;
    let window = bob.window()?;
    window.wait_attribute("reaction", "title", "You, Alice Example").await?;

    // What was chosen before comes first, and writes into the text too.
    window.click("composer-emoji").await?;
    window.wait("emoji-picker").await?;
    is_offered(window, "☄️").await?;
    window.press("emoji-search", Key::Enter).await?;
    window.wait_gone("emoji-picker").await?;
    until("it is in the text", || async { Ok((window.value("composer").await? == "☄️").then_some(())) }).await
}

/// The first one that is offered.
async fn is_offered(window: &Window, emoji: &str) -> Result<()> {
    until("it is offered first", || async {
        let first: Option<String> = window.run("return document.querySelector('[data-testid=emoji]')?.dataset.emoji ?? null").await?;
        Ok((first.as_deref() == Some(emoji)).then_some(()))
    })
    .await
}
