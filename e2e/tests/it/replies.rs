//! A message is answered by keys, quoted for both, told, and led to and back from, without a network too.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_message_is_answered_and_led_to() {
    let _turn = turn().await;
    let desktop = Desktop::start("replies").await.unwrap();
    let outcome = answers(&desktop).await;
    seen(&desktop, outcome).await;
}

const QUESTION: &str = "Who brings the rope on Sunday?";
const ANSWER: &str = "I do, the long one";

async fn answers(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(QUESTION).await?;
    for number in 1..=40 {
        alice.says(&format!("And number {number} of many things")).await?;
    }
    bob.opens("Alice Example").await?;
    bob.sees(QUESTION).await?;

    // Chosen by keys in the message box: the last one, then none, then the first.
    let window = bob.window()?;
    window.press("composer", Key::Control + Key::Up).await?;
    until("the last one is to be answered", || async {
        Ok(window.has("reply-bar").await?.then_some(window.text("reply-bar").await?).filter(|bar| bar.contains("number 40")))
    })
    .await?;
    bob.picture("chooses").await?;
    window.press("composer", Key::Escape).await?;
    window.wait_gone("reply-bar").await?;

    // Without a network: the draft keeps it, the outbox sends it.
    server.stop().await?;
    bob.is("offline").await?;
    focus(window, QUESTION).await?;
    window.type_keys("r").await?;
    window.wait("reply-bar").await?;
    window.fill("composer", ANSWER).await?;
    window.press("composer", Key::Enter).await?;
    bob.sees_own(ANSWER, "queued").await?;
    ensure!(window.text("quote").await?.contains(QUESTION), "what waits quotes it");
    window.wait_gone("reply-bar").await?;
    bob.picture("answers-offline").await?;
    server.start_again(desktop).await?;
    bob.sees_own(ANSWER, "sent").await?;

    // There and back.
    let window = alice.window()?;
    alice.sees(ANSWER).await?;
    ensure!(window.text("quote").await?.contains("You"), "it is her message");
    alice.picture("is-answered").await?;
    window.click("quote").await?;
    until("the question is on the screen", || async { Ok(shows(window, QUESTION).await?.then_some(())) }).await?;
    ensure!(window.text("jump-to-latest").await?.contains("Back"), "the button leads back first");
    alice.picture("at-the-question").await?;
    window.click("jump-to-latest").await?;
    until("the answer is on the screen", || async { Ok(shows(window, ANSWER).await?.then_some(())) }).await
}

/// Gives the message of this text the focus, wherever it is in the window.
async fn focus(window: &Window, text: &str) -> Result<()> {
    let script = format!(
        "const one = [...document.querySelectorAll('[data-testid=message]')].find((shown) => shown.textContent.includes({text:?}));
         one?.focus(); return one !== undefined && document.activeElement === one;"
    );
    until("the message has the focus", || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}

async fn shows(window: &Window, text: &str) -> Result<bool> {
    let script = format!(
        "const all = [...document.querySelectorAll('[data-testid=message-text]')].filter((shown) => shown.textContent.includes({text:?}));
         const pane = document.querySelector('[data-testid=timeline]').getBoundingClientRect();
         return all.some((one) => {{ const {{ top, bottom }} = one.getBoundingClientRect(); return top >= pane.top && bottom <= pane.bottom; }});"
    );
    window.run(&script).await
}
