//! What a message said before it was edited, with the server and without it; and a link that leads to a message.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn edit_history_is_looked_up_and_a_link_leads_to_the_message() {
    let _turn = turn().await;
    let desktop = Desktop::start("versions").await.unwrap();
    let outcome = looks_back(&desktop).await;
    seen(&desktop, outcome).await;
}

const FIRST: &str = "The lighthouse opens at noon";
const SECOND: &str = "The lighthouse opens at midnight";

async fn looks_back(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(FIRST).await?;
    alice.sees_own(FIRST, "sent").await?;
    let window = alice.window()?;
    // The last message of one's own, by keys.
    window.press("composer", Key::Up).await?;
    window.fill("edit-text", SECOND).await?;
    window.press("edit-text", Key::Enter).await?;
    window.wait_gone("edit-text").await?;
    alice.sees_own(SECOND, "sent").await?;

    bob.opens("Alice Example").await?;
    bob.sees(SECOND).await?;
    let window = bob.window()?;
    window.click("message-edited").await?;
    let version = until("the first version is told", || versions(&bob)).await?;
    assert!(version.contains("midnight") && version.contains("noon"), "what was and what is, beside each other: {version:?}");
    bob.picture("edit-history").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("versions").await?;

    server.stop().await?;
    bob.is("offline").await?;
    window.click("message-edited").await?;
    until("it is here", || versions(&bob)).await?;
    assert!(!window.has("versions-problem").await?);
    bob.picture("edit-history-offline").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("versions").await?;
    server.start_again(desktop).await?;
    bob.is("live").await?;
    a_link_leads_there(&alice, &bob).await
}

/// What the dialog says, once the first version is there too.
async fn versions(person: &Person<'_>) -> Result<Option<String>> {
    let window = person.window()?;
    if !window.has("version-text").await? {
        return Ok(None);
    }
    let text = window.text("versions").await?;
    Ok(text.contains("Sent").then_some(text))
}

/// Alice copies the link to the message and pastes it into what she writes next.
async fn a_link_leads_there(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.press("message", "l").await?;
    window.wait("toast").await?;
    window.press("composer", Key::Control + "v").await?;
    until("the link is pasted", || async {
        let link = window.value("composer").await?;
        Ok(link.starts_with("hearth://message/").then_some(link))
    })
    .await?;
    let link = window.value("composer").await?;
    window.press("composer", Key::Enter).await?;
    alice.sees_own(&link, "sent").await?;
    bob.sees(&link).await?;
    let window = bob.window()?;
    window.run::<bool>("const link = document.querySelector('a[href^=\"hearth://message/\"]'); link.click(); return true;").await?;
    until("the message is lit up", || async {
        let lit: Option<String> = window.run("return document.querySelector('[data-testid=message].hit')?.textContent ?? null;").await?;
        Ok(lit.filter(|text| text.contains(SECOND)))
    })
    .await?;
    bob.picture("led-to-the-message").await.map(drop)
}
