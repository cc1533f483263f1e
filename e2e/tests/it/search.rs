//! Everything is searched with filters while there is no server: typed, chosen from what is offered, taken off again.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};
use thirtyfour::Key;

const LAMP: &str = "The lamp is yours: https://example.org/lamp";
const OIL: &str = "And the oil for the lamp?";
const NOON: &str = "At noon, at the well";

#[tokio::test]
async fn everything_is_searched_with_filters_without_a_server() {
    let _turn = turn().await;
    let desktop = Desktop::start("search").await.unwrap();
    let outcome = searches(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn searches(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    for text in [LAMP, NOON] {
        bob.says(text).await?;
        bob.sees_own(text, "delivered").await?;
    }
    alice.opens("Bob Example").await?;
    alice.sees(NOON).await?;
    alice.says(OIL).await?;
    alice.sees_own(OIL, "delivered").await?;
    server.stop().await?;
    alice.is("offline").await?;

    let window = alice.window()?;
    window.click("open-search").await?;
    window.wait("search-help").await?;
    alice.picture("what-may-be-typed").await?;
    window.fill("search-query", "lamp").await?;
    found(window, &[OIL, LAMP]).await?;

    // A person is chosen by keys from what is offered.
    window.fill("search-query", "lamp from:b").await?;
    window.wait("search-suggestion").await?;
    alice.picture("offered").await?;
    window.press("search-query", Key::Enter).await?;
    assert_eq!(window.value("search-query").await?, "lamp from:@bob ");
    found(window, &[LAMP]).await?;
    alice.picture("filtered").await?;
    window.click("search-chip").await?;
    found(window, &[OIL, LAMP]).await?;
    assert_eq!(window.value("search-query").await?.trim(), "lamp");

    // Filters alone, and what is wrong with one.
    for (query, texts) in [
        ("from:me ", vec![OIL]),
        ("has:link ", vec![LAMP]),
        ("-lamp after:2000-01-01 ", vec![NOON]),
        ("in:bob -from:me lamp ", vec![LAMP]),
        ("is:unread noon ", vec![NOON]),
    ] {
        window.fill("search-query", query).await?;
        found(window, &texts).await?;
    }
    window.fill("search-query", "lamp before:soon ").await?;
    window.wait("search-problem").await?;
    assert!(window.text("search-problem").await?.contains("2026-01-31"));
    alice.picture("no-date").await?;

    // The message in its place.
    window.fill("search-query", "is:starred from:bob noon ").await?;
    until("nothing is starred", || async { Ok(window.texts("search-hit").await?.is_empty().then_some(())) }).await?;
    alice.picture("nothing-found").await?;
    window.fill("search-query", "noon").await?;
    found(window, &[NOON]).await?;
    window.press("search-query", Key::Enter).await?;
    alice.sees(NOON).await?;
    alice.picture("in-its-place").await.map(drop)
}

/// The hits are these, newest first.
async fn found(window: &Window, texts: &[&str]) -> Result<()> {
    until(&format!("{texts:?} are found"), || async {
        let hits = window.texts("search-hit").await?;
        let same = hits.len() == texts.len() && hits.iter().zip(texts).all(|(hit, text)| hit.contains(text));
        Ok(same.then_some(()))
    })
    .await
}
