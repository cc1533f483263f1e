//! The disk is full while somebody writes.

use crate::stage::{joins, seen, signed_up, told, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn what_a_full_disk_has_no_room_for_stays_where_it_was_typed() {
    let _turn = turn().await;
    let desktop = Desktop::start("full-disk").await.unwrap();
    let outcome = full_disk(&desktop).await;
    seen(&desktop, outcome).await;
}

const BEFORE: &str = "There is room for this one";
const TYPED: &str = "And for this one there is none yet";

async fn full_disk(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = Person::arrives(desktop, "alice").await?;
    alice.moves_to_a_small_disk().await?;
    joins(&mut alice, &server, Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(BEFORE).await?;
    alice.sees_own(BEFORE, "sent").await?;
    bob.opens("Alice Example").await?;
    bob.sees(BEFORE).await?;

    alice.disk()?.fill()?;
    let window = alice.window()?;
    // In one go: the words of a draft that could not be kept would be the same ones.
    window.press("composer", format!("{TYPED}{}", Key::Enter.value())).await?;
    let said = told(window, "composer-problem", "disk_full").await?;
    assert!(said.contains("disk of this computer is full") && said.contains("Make room"), "{said}");
    assert_eq!(window.value("composer").await?, TYPED);
    assert_eq!(alice.count(TYPED).await?, 0);
    alice.sees(BEFORE).await?;
    alice.picture("no-room").await?;

    alice.disk()?.make_room()?;
    window.press("composer", Key::Enter).await?;
    until("the composer empty", || async { Ok(window.value("composer").await?.is_empty().then_some(())) }).await?;
    window.wait_gone("composer-problem").await?;
    alice.sees_own(TYPED, "sent").await?;
    alice.is("live").await?;
    window.wait_gone("blocked-banner").await?;
    bob.sees(TYPED).await?;
    // A message back: whatever came a second time would be there before it.
    bob.says("Got it").await?;
    alice.sees("Got it").await?;
    assert_eq!((alice.count(TYPED).await?, bob.count(TYPED).await?), (1, 1));
    alice.picture("room-again").await.map(drop)
}
