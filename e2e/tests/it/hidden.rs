//! A message is deleted for one person alone, without a server, comes back by the toast, and stays with the other.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

const KEPT: &str = "The tickets are on the table";
const GONE: &str = "The code of the lock is 4711";

#[tokio::test]
async fn a_message_is_deleted_for_one_person_alone() {
    let _turn = turn().await;
    let desktop = Desktop::start("hidden").await.unwrap();
    let outcome = hides(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn hides(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    for text in [KEPT, GONE] {
        bob.says(text).await?;
        bob.sees_own(text, "delivered").await?;
    }
    alice.opens("Bob Example").await?;
    alice.sees(GONE).await?;
    let window = alice.window()?;

    server.stop().await?;
    alice.is("offline").await?;
    on(window, GONE, "message.focus()").await?;
    window.type_keys(Key::Delete).await?;
    is_there(window, GONE, false).await?;
    alice.picture("deleted-for-me").await?;
    window.run::<bool>("document.querySelector('[data-testid=toast] button').click(); return true").await?;
    is_there(window, GONE, true).await?;
    on(
        window,
        GONE,
        "message.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 400, clientY: 300 }))",
    )
    .await?;
    window.wait("message-menu").await?;
    window.press("menu-hide", Key::Enter).await?;
    is_there(window, GONE, false).await?;

    server.start_again(desktop).await?;
    for person in [&alice, &bob] {
        person.is("live").await?;
    }
    alice.sees(KEPT).await?;
    is_there(window, GONE, false).await?;
    bob.sees_own(GONE, "read").await.map(drop)
}

async fn on(window: &Window, text: &str, what: &str) -> Result<()> {
    let script = format!(
        "const message = [...document.querySelectorAll('[data-testid=message]')].find((one) => one.textContent.includes({text:?}));
         if (message) {what};
         return Boolean(message)"
    );
    until(&format!("{text:?} is there"), || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}

async fn is_there(window: &Window, text: &str, wanted: bool) -> Result<()> {
    let script =
        format!("return [...document.querySelectorAll('[data-testid=message]')].some((one) => one.textContent.includes({text:?}))");
    until(&format!("{text:?} is there: {wanted}"), || async { Ok((window.run::<bool>(&script).await? == wanted).then_some(())) }).await
}
