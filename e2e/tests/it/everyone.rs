//! Everyone in a conversation is named by one word: offered, shown by the word of the window, told to who is there. A channel is led to by
//! its name.

use crate::{
    acts::{begins, meets},
    stage::{seen, signed_up, turn, two},
};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd};
use thirtyfour::Key;

#[tokio::test]
async fn everyone_is_named_by_one_word_and_told() {
    let _turn = turn().await;
    let desktop = Desktop::start("everyone").await.unwrap();
    let outcome = calls(&desktop).await;
    seen(&desktop, outcome).await;
}

#[tokio::test]
async fn a_channel_is_led_to_by_its_name() {
    let _turn = turn().await;
    let desktop = Desktop::start("channel-links").await.unwrap();
    let outcome = leads(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn leads(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    meets(&alice, "Night walks", "plans", &[]).await?;
    let window = alice.window()?;
    // What is on this computer is offered without a network.
    server.stop().await?;
    alice.is("offline").await?;
    window.fill("composer", "It stands in #pl").await?;
    window.wait("name-option").await?;
    alice.picture("a-channel-is-offered").await?;
    window.press("composer", Key::Enter).await?;
    assert_eq!(window.value("composer").await?, "It stands in #plans ");
    window.wait_gone("names").await?;
    window.press("composer", Key::Enter).await?;
    server.start_again(desktop).await?;
    alice.sees_own("It stands in #plans", "sent").await?;
    assert_eq!(window.text("channel-link").await?, "#plans");
    window.click("channel-link").await?;
    window.wait("composer").await?;
    alice.picture("leads-there").await.map(drop)
}

async fn calls(desktop: &Desktop) -> Result<()> {
    let (_server, alice, bob) = two(desktop, "alice", "bob").await?;
    begins(&alice, "Domes", "bob").await?;

    // By keys alone: the word is the same in every language.
    let window = alice.window()?;
    window.fill("composer", "The dome is open, @every").await?;
    window.wait("name-option").await?;
    alice.picture("everyone-is-offered").await?;
    window.press("composer", Key::Enter).await?;
    assert_eq!(window.value("composer").await?, "The dome is open, @everyone ");
    window.wait_gone("names").await?;
    window.press("composer", Key::Enter).await?;
    alice.sees_own("The dome is open, @everyone", "sent").await?;
    assert_eq!(window.text("everyone").await?, "@everyone");

    let window = bob.window()?;
    window.wait("row-mentions").await?;
    window.click("open-inbox").await?;
    let told = window.text("inbox-line").await?;
    assert!(told.contains("Alice Example") && told.contains("The dome is open"), "{told:?}");
    window.click("inbox-open").await?;
    bob.sees("The dome is open, @everyone").await?;
    bob.picture("is-one-of-them").await?;
    window.wait_gone("row-mentions").await
}
