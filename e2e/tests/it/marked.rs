//! Messages are starred and pinned without a server, found again in the list of stars and over the timeline, and gone with what is deleted.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

const KEPT: &str = "The recipe: flour, water, salt, and a night";
const NOON: &str = "At noon, at the well";

#[tokio::test]
async fn messages_are_starred_and_pinned_without_a_server() {
    let _turn = turn().await;
    let desktop = Desktop::start("marked").await.unwrap();
    let outcome = marks(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn marks(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    for text in [KEPT, NOON] {
        bob.says(text).await?;
        bob.sees_own(text, "delivered").await?;
    }
    alice.opens("Bob Example").await?;
    alice.sees(NOON).await?;
    let window = alice.window()?;

    server.stop().await?;
    alice.is("offline").await?;
    // By its key, and by the menu of a message, which is a press of the other button.
    chosen(window, KEPT).await?;
    window.type_keys("s").await?;
    window.wait("message-starred").await?;
    menu(window, NOON).await?;
    alice.picture("menu").await?;
    window.press("menu-message-pin", Key::Enter).await?;
    window.wait("pin-bar").await?;
    alice.picture("pinned-offline").await?;

    server.start_again(desktop).await?;
    alice.is("live").await?;
    bob.is("live").await?;
    let his = bob.window()?;
    his.wait("pin-bar").await?;
    assert!(his.text("pin-open").await?.contains(NOON));
    assert!(!his.has("message-starred").await?, "a star is nobody else's");
    bob.picture("pinned").await?;

    window.click("open-starred").await?;
    window.wait("starred-page").await?;
    let line = window.text("marked-line").await?;
    assert!(line.contains(KEPT) && line.contains("Bob Example"), "{line:?}");
    alice.picture("starred").await?;
    window.click("marked-open").await?;
    alice.sees(KEPT).await?;

    // Who wrote it deletes it: pin and star go with it.
    for text in [NOON, KEPT] {
        chosen(his, text).await?;
        his.type_keys(Key::Delete).await?;
        his.click("delete-go").await?;
        his.wait_gone("delete-question").await?;
    }
    window.wait_gone("pin-bar").await?;
    window.wait_gone("message-starred").await?;
    window.click("open-starred").await?;
    window.wait("starred-page").await?;
    window.wait_gone("marked-line").await?;
    alice.picture("gone").await.map(drop)
}

/// The focus is on a message.
async fn chosen(window: &Window, text: &str) -> Result<()> {
    of(window, text, "message.focus()").await
}

async fn menu(window: &Window, text: &str) -> Result<()> {
    of(
        window,
        text,
        "message.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 400, clientY: 300 }))",
    )
    .await?;
    window.wait("message-menu").await.map(drop)
}

async fn of(window: &Window, text: &str, what: &str) -> Result<()> {
    let script = format!(
        "const message = [...document.querySelectorAll('[data-testid=message]')].find((one) => one.textContent.includes({text:?}));
         if (message) {what};
         return Boolean(message)"
    );
    until(&format!("{text:?} is there"), || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}
