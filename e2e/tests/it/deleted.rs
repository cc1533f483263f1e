//! A conversation of several people in two real windows: its owner says what newcomers see, and deletes it for everybody by typing its name,
//! of which the other one is told.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_conversation_is_deleted_for_everybody() {
    let _turn = turn().await;
    let desktop = Desktop::start("deleted").await.unwrap();
    let outcome = deletes(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn deletes(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    begins(&alice).await?;
    alice.says("Are you in?").await?;
    bob.opens("Walks").await?;
    bob.sees("Are you in?").await?;

    let (window, his) = (alice.window()?, bob.window()?);
    window.press("composer", Key::Control + ".").await?;
    window.wait("about-dialog").await?;
    window.click("about-history-switch").await?;
    until("it is told", || async { Ok(his.texts("happened").await?.iter().any(|line| line.contains("newcomers")).then_some(())) }).await?;
    bob.picture("newcomers").await?;
    his.press("composer", Key::Control + ".").await?;
    his.wait("about-dialog").await?;
    ensure!(!his.has("about-delete").await?, "it is hers to delete");

    server.stop().await?;
    for person in [&alice, &bob] {
        person.is("offline").await?;
    }
    window.click("about-delete").await?;
    window.fill("about-delete-name", "Walks").await?;
    alice.picture("types-its-name").await?;
    window.press("about-delete-name", Key::Enter).await?;
    window.wait_gone("about-delete-dialog").await?;
    server.start_again(desktop).await?;
    for person in [&alice, &bob] {
        person.is("live").await?;
    }
    window.wait_gone("about-dialog").await?;
    his.wait_gone("about-dialog").await?;
    his.click("open-inbox").await?;
    until("he is told by whom", || async {
        let lines = his.texts("inbox-line").await?;
        Ok(lines.iter().any(|line| line.contains("Alice Example") && line.contains("Has deleted “Walks”")).then_some(()))
    })
    .await?;
    bob.picture("told").await.map(drop)
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
