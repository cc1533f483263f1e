//! Somebody is named: offered in the composer, told by the system and in the inbox, and led to the message.

use crate::{
    acts::begins,
    stage::{seen, turn, two},
};
use anyhow::Result;
use hearth_e2e::{Desktop, until};
use thirtyfour::Key;

#[tokio::test]
async fn somebody_is_named_and_led_to_where_it_was() {
    let _turn = turn().await;
    let desktop = Desktop::start("mentions").await.unwrap();
    let outcome = names(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn names(desktop: &Desktop) -> Result<()> {
    let (mut server, alice, bob) = two(desktop, "alice", "bob").await?;
    begins(&alice, "Lamps", "bob").await?;

    // By keys alone.
    let window = alice.window()?;
    window.fill("composer", "The lamp is yours tonight, @b").await?;
    window.wait("name-option").await?;
    alice.picture("who-is-there").await?;
    window.press("composer", Key::Enter).await?;
    assert_eq!(window.value("composer").await?, "The lamp is yours tonight, @bob ");
    window.wait_gone("names").await?;
    window.press("composer", Key::Enter).await?;
    let text = "The lamp is yours tonight, @Bob Example";
    alice.sees_own(text, "sent").await?;
    alice.picture("named").await?;

    let shown = desktop.bus().notification("The lamp is yours").await?;
    assert!(shown.title.contains("Lamps"), "{shown:?}");
    let window = bob.window()?;
    window.wait("row-mentions").await?;
    window.wait("inbox-badge").await?;
    window.click("open-inbox").await?;
    // What it says may come a moment after it.
    let says = |line: &String| line.contains("Alice Example") && line.contains("The lamp is yours tonight");
    until("the inbox says who wrote what", || async { Ok(window.texts("inbox-line").await?.iter().any(says).then_some(())) }).await?;
    bob.picture("is-told").await?;

    // It is read by reading, on a computer without a network too.
    server.stop().await?;
    bob.is("offline").await?;
    window.click("inbox-open").await?;
    bob.sees(text).await?;
    assert_eq!(window.text("mention").await?, "@Bob Example");
    window.wait_gone("row-mentions").await?;
    bob.picture("finds-it").await?;
    server.start_again(desktop).await?;
    bob.is("live").await?;
    window.wait_gone("inbox-badge").await
}
