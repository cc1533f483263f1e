//! A conversation is put away without a server, comes back with what is new in it, and is pinned and muted on every device alike.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_conversation_is_put_away_and_comes_back_with_what_is_new() {
    let _turn = turn().await;
    let desktop = Desktop::start("arrangements").await.unwrap();
    let outcome = arranges(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn arranges(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    let carol = signed_up(desktop, &server, "carol", None).await?;
    for (person, text) in [(&bob, "from Bob"), (&carol, "from Carol")] {
        person.starts_talking_to("alice").await?;
        person.says(text).await?;
        person.sees_own(text, "delivered").await?;
    }
    let window = alice.window()?;
    is_listed(window, &["Carol Example", "Bob Example"]).await?;

    // Without a server, by keys: what is pinned stands above what is newer, what is put away is gone from the list.
    server.stop().await?;
    alice.is("offline").await?;
    alice.opens("Bob Example").await?;
    choose(window, "menu-pin").await?;
    is_listed(window, &["Bob Example", "Carol Example"]).await?;
    alice.opens("Carol Example").await?;
    choose(window, "menu-archive").await?;
    is_listed(window, &["Bob Example"]).await?;
    alice.picture("put-away").await?;
    window.click("filter-archived").await?;
    is_listed(window, &["Carol Example"]).await?;
    alice.picture("archived").await?;
    window.click("filter-all").await?;

    server.start_again(desktop).await?;
    alice.is("live").await?;
    carol.is("live").await?;
    carol.says("something new").await?;
    is_listed(window, &["Bob Example", "Carol Example"]).await?;

    // Muted, it is not told of, and says so; what is not muted is.
    alice.opens("Bob Example").await?;
    choose(window, "menu-mute").await?;
    window.wait("row-muted").await?;
    window.press("conversation-more", Key::Enter).await?;
    window.wait("menu-unmute").await?;
    alice.picture("menu").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("conversation-menu").await
}

/// By the keyboard, from the bar of the open conversation.
async fn choose(window: &Window, what: &str) -> Result<()> {
    window.press("conversation-more", Key::Enter).await?;
    window.wait("conversation-menu").await?;
    window.press(what, Key::Enter).await?;
    window.wait_gone("conversation-menu").await
}

async fn is_listed(window: &Window, names: &[&str]) -> Result<()> {
    let what = format!("the list is {names:?}");
    until(&what, || async {
        let script = "return [...document.querySelectorAll('[data-testid=conversation-row]')].map((row) => row.dataset.name)";
        let listed: Vec<String> = window.run(script).await?;
        Ok((listed == names).then_some(()))
    })
    .await
}
