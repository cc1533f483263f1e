//! A conversation of several people in two real windows: it gets a name and a topic without a server, an admin, a newcomer, and tells of it all.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_conversation_is_edited_and_tells_what_happened_to_it() {
    let _turn = turn().await;
    let desktop = Desktop::start("about").await.unwrap();
    let outcome = a_talk(&desktop).await;
    seen(&desktop, outcome).await;
}

const TOPIC: &str = "Where we walk next, and who brings the tea";

async fn a_talk(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    begins(&alice).await?;
    alice.says("Are you in?").await?;
    bob.opens("Walks").await?;
    bob.sees("Are you in?").await?;

    // By keys, and without a server: it shows at once, and to Bob when the server is back.
    server.stop().await?;
    alice.is("offline").await?;
    let window = alice.window()?;
    window.press("composer", Key::Control + ".").await?;
    window.wait("about-dialog").await?;
    window.click("about-edit").await?;
    window.fill("about-name", "Long walks").await?;
    window.fill("about-topic-field", TOPIC).await?;
    window.press("about-topic-field", Key::Enter).await?;
    window.wait_gone("about-edit-dialog").await?;
    until("the topic is said", || async { Ok((window.text("about-topic").await? == TOPIC).then_some(())) }).await?;
    alice.picture("edited-offline").await?;
    ensure!(!window.has("happened").await?, "it has not happened yet");
    server.start_again(desktop).await?;
    bob.is("live").await?;
    happened(&bob, "Alice Example changed the name and the topic").await?;
    let heading = bob.window()?.run::<String>("return document.querySelector('main header h2').parentElement.textContent;").await?;
    ensure!(heading.contains("Long walks") && heading.contains(TOPIC), "{heading:?}");
    bob.picture("renamed").await?;

    // Bob becomes an admin, and his window offers what an admin may do.
    let his = bob.window()?;
    his.click("about-open").await?;
    his.wait("group-member").await?;
    ensure!(!his.has("about-edit").await?, "a member only looks");
    until("he reads who made it", || async { Ok(his.text("made").await?.ends_with("by Alice Example").then_some(())) }).await?;
    let since = his.texts("member-since").await?;
    ensure!(since.len() == 2 && since.iter().all(|said| said.starts_with("Member since ")), "{since:?}");
    window.click("member-more").await?;
    window.click("member-admin").await?;
    happened(&bob, "made you an admin").await?;
    his.wait("about-edit").await?;
    bob.picture("is-an-admin").await?;

    // The owner leaves: he owns it.
    window.click("about-leave").await?;
    window.wait("about-question").await?;
    alice.picture("is-asked").await?;
    window.click("about-go").await?;
    window.wait_gone("about-dialog").await?;
    happened(&bob, "Alice Example left. You own it now").await?;
    bob.picture("owns-it").await.map(drop)
}

async fn begins(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("new-conversation").await?;
    window.click("create-open").await?;
    window.fill("create-name", "Walks").await?;
    window.fill("create-people", "bob").await?;
    window.wait("create-person").await?;
    // Enter ticks the only one who is found.
    window.press("create-people", Key::Enter).await?;
    window.click("create-go").await?;
    window.wait_gone("create-dialog").await?;
    window.wait("about-open").await.map(drop)
}

/// Waits until the timeline tells it.
async fn happened(person: &Person<'_>, words: &str) -> Result<()> {
    let window = person.window()?;
    until(&format!("it is told: {words}"), || async {
        Ok(window.texts("happened").await?.iter().any(|line| line.contains(words)).then_some(()))
    })
    .await
}
