//! What is on the screen counts as read for who wants it so; for who does not, what they say they have read.

use crate::{
    acts::settings,
    stage::{seen, turn, two},
};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Person, Window, within};
use std::time::Duration;
use thirtyfour::Key;

const LOOKED_AT: &str = "Bread is at eight";
const BY_HAND: &str = "Bring the butter, too";
const LOOKED_AT_AGAIN: &str = "And the plum jam";
/// What is looked at is told as read after less than half a second, and is with the other one soon after.
const LONG_ENOUGH: Duration = Duration::from_secs(3);

#[tokio::test]
async fn who_wants_to_say_so_has_read_nothing_by_looking_at_it() {
    let _turn = turn().await;
    let desktop = Desktop::start("reading").await.unwrap();
    let outcome = reads(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn reads(desktop: &Desktop) -> Result<()> {
    let (_server, alice, bob) = two(desktop, "alice", "bob").await?;
    let window = bob.window()?;
    alice.starts_talking_to("bob").await?;
    alice.says(LOOKED_AT).await?;
    bob.opens("Alice Example").await?;
    bob.sees(LOOKED_AT).await?;
    unread(window, "0").await?;
    alice.sees_own(LOOKED_AT, "read").await?;

    by_looking(&bob, false).await?;
    alice.says(BY_HAND).await?;
    bob.sees(BY_HAND).await?;
    unread(window, "1").await?;
    alice.sees_own(BY_HAND, "delivered").await?;
    stays_unread(&alice, &bob).await?;
    // Nor by going away and coming back.
    settings(&bob).await?;
    back(window).await?;
    bob.sees(BY_HAND).await?;
    stays_unread(&alice, &bob).await?;
    bob.picture("looked-at").await?;

    window.press("composer", Key::Escape).await?;
    unread(window, "0").await?;
    alice.sees_own(BY_HAND, "read").await?;
    bob.picture("read-by-hand").await?;

    // All the while his window was the one that is looked at.
    by_looking(&bob, true).await?;
    alice.says(LOOKED_AT_AGAIN).await?;
    bob.sees(LOOKED_AT_AGAIN).await?;
    alice.sees_own(LOOKED_AT_AGAIN, "read").await?;
    unread(window, "0").await
}

/// Has what is on the screen count as read, or not, and goes back to the conversation.
async fn by_looking(person: &Person<'_>, on: bool) -> Result<()> {
    let window = person.window()?;
    settings(person).await?;
    window.press("set-read", Key::Enter).await?;
    window.wait_attribute("set-read", "aria-checked", if on { "true" } else { "false" }).await?;
    person.picture(if on { "by-looking" } else { "by-hand" }).await?;
    back(window).await
}

async fn back(window: &Window) -> Result<()> {
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    window.wait("timeline").await.map(drop)
}

/// So much is unread in the one conversation that is listed.
async fn unread(window: &Window, count: &str) -> Result<()> {
    window.wait_attribute("conversation-row", "data-unread", count).await
}

/// Neither he nor she is told that it was read, however long it is on the screen.
async fn stays_unread(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let (hers, his) = (alice.window()?, bob.window()?);
    let read = within(LONG_ENOUGH, || async {
        let told = hers.messages().await?.iter().any(|message| message.text == BY_HAND && message.is("read"));
        Ok((told || his.attribute("conversation-row", "data-unread").await? != "1").then_some(()))
    });
    ensure!(read.await?.is_none(), "{BY_HAND:?} was only looked at, and counts as read");
    Ok(())
}
