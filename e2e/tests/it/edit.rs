//! Changing one's mind in a real window: editing, deleting and taking back, with the server there and away.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn people_change_their_minds_with_and_without_a_server() {
    let _turn = turn().await;
    let desktop = Desktop::start("edit").await.unwrap();
    let outcome = change_their_minds(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn change_their_minds(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    for text in ["Meet at nien", "By the lighthouse"] {
        alice.says(text).await?;
        alice.sees_own(text, "sent").await?;
    }
    bob.opens("Alice Example").await?;
    bob.sees("By the lighthouse").await?;

    edits_the_last_one(&alice, &bob).await?;
    server.stop().await?;
    alice.is("offline").await?;
    goes_on_alone(&alice).await?;
    server.start_again(desktop).await?;

    alice.window()?.wait_gone("outbox-count").await?;
    bob.sees("Meet at nine").await?;
    bob.picture("sees-what-is-left").await?;
    let texts: Vec<String> = bob.window()?.messages().await?.into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["Meet at nine", ""], "the second one is deleted, and what was discarded never came");
    alice.window()?.click("coverage-open").await?;
    alice.window()?.wait_attribute("coverage", "data-complete", "true").await?;
    let said = alice.window()?.text("coverage").await?;
    assert!(said.contains("Everything since") && said.contains("1 message."), "{said:?}");
    alice.picture("coverage").await.map(drop)
}

/// Up in the empty box, another text, Enter.
async fn edits_the_last_one(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.press("composer", Key::Up).await?;
    window.wait("edit-text").await?;
    alice.picture("edits").await?;
    window.fill("edit-text", "By the old lighthouse").await?;
    window.press("edit-text", Key::Enter).await?;
    window.wait_gone("edit-text").await?;
    alice.sees_own("By the old lighthouse", "sent").await?;
    bob.sees("By the old lighthouse").await?;
    bob.window()?.wait("message-edited").await?;
    bob.picture("sees-the-edit").await.map(drop)
}

/// An edit by the menu, a deletion by the key, and a message that is discarded before it was ever sent.
async fn goes_on_alone(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    let menu = "const first = document.querySelector('[data-testid=\"message\"]');
        const { left, top } = first.getBoundingClientRect();
        first.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 300, clientY: top + 20 }));";
    window.run::<()>(menu).await?;
    window.wait("message-menu").await?;
    alice.picture("menu").await?;
    window.click("menu-edit").await?;
    window.fill("edit-text", "Meet at nine").await?;
    window.click("edit-save").await?;
    alice.sees_own("Meet at nine", "queued").await?;

    window.run::<()>("Array.from(document.querySelectorAll('[data-testid=\"message\"]')).at(-1).focus();").await?;
    window.type_keys(Key::Delete).await?;
    window.wait("delete-question").await?;
    alice.picture("asks").await?;
    window.click("delete-go").await?;
    until("the deletion shows", || async { Ok((alice.count("By the old lighthouse").await? == 0).then_some(())) }).await?;

    alice.says("Never mind").await?;
    window.click("outbox-count").await?;
    until("three changes wait", || async {
        let waiting: Vec<String> = window
            .run("return Array.from(document.querySelectorAll('[data-testid=\"outbox-item\"]'), (item) => item.dataset.what);")
            .await?;
        Ok((waiting == ["edit_message", "delete_message", "send_message"]).then_some(()))
    })
    .await?;
    alice.picture("outbox").await?;
    let discard = "Array.from(document.querySelectorAll('[data-testid=\"outbox-item\"][data-what=\"send_message\"] \
        [data-testid=\"outbox-discard\"]')).forEach((button) => button.click());";
    window.run::<()>(discard).await?;
    until("it is gone", || async { Ok((alice.count("Never mind").await? == 0).then_some(())) }).await?;
    alice.picture("discarded").await.map(drop)
}
