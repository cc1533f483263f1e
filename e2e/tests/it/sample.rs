//! Somebody who has talked for years signs in on a new device, gets everything, and goes on without the server.

use crate::stage::{seen, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Gate, Hearthd, Person, until};
use std::path::Path;

const PASSWORD: &str = "a password for samples";
/// After so many pages of history the server keeps us waiting, so that the progress can be looked at.
const PAGES_AT_FIRST: usize = 5;

#[tokio::test]
async fn years_of_conversations_arrive_on_a_new_device_and_stay_without_the_server() {
    let _turn = turn().await;
    let desktop = Desktop::start("sample").await.unwrap();
    let outcome = sample(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn sample(desktop: &Desktop) -> Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/server/fixtures/chitchat-300.json.gz");
    let username = Hearthd::import(desktop, &corpus, PASSWORD).await?;
    let mut server = Hearthd::start(desktop).await?;
    let mut person = Person::arrives(desktop, "reader").await?;
    person.opens_the_app(&[]).await?;
    let gate = Gate::before(server.port(), PAGES_AT_FIRST).await?;
    person.connects_to(&gate.address()).await?;
    person.signs_in(&username, PASSWORD).await?;
    person.gets_in().await?;
    person.window()?.wait("conversation-row").await?;
    person.picture("new-device").await?;
    everything_arrives(&person, &gate).await?;
    reads_and_searches(&person).await?;
    person.picture("searched").await?;
    person.leaves_the_search().await?;

    server.stop().await?;
    person.is("offline").await?;
    person.app_ends().await?;
    person.opens_the_app(&[]).await?;
    person.gets_in().await?;
    person.is("offline").await?;
    reads_and_searches(&person).await?;
    person.picture("searched-without-the-server").await.map(drop)
}

/// The progress is there while history comes, moves, and goes when all is here.
async fn everything_arrives(person: &Person<'_>, gate: &Gate) -> Result<()> {
    let window = person.window()?;
    person.is("live").await?;
    let (some, all) = until("history that comes no further", || async {
        let (complete, all) = progress(&window.text("backfill").await?)?;
        Ok((complete > 0).then_some((complete, all)))
    })
    .await?;
    assert!(some < all && all > 10, "{some} of {all}");
    let drawn: (f64, f64) = window.run("const bar = document.querySelector('footer progress'); return [bar.value, bar.max];").await?;
    assert_eq!(drawn.1, f64::from(all));
    person.picture("history-on-its-way").await?;
    gate.open();
    window.wait_gone("backfill").await?;
    assert!(!window.run::<bool>("return document.querySelector('footer progress') !== null;").await?);
    Ok(())
}

/// `history 12/120`: the conversations that are wholly here, of all.
fn progress(said: &str) -> Result<(u32, u32)> {
    let numbers = said.trim().trim_start_matches("history ").replace(',', "");
    let (complete, all) = numbers.split_once('/').with_context(|| format!("no progress in {said:?}"))?;
    Ok((complete.parse()?, all.parse()?))
}

async fn reads_and_searches(person: &Person<'_>) -> Result<()> {
    let window = person.window()?;
    window.click("conversation-row").await?;
    window.wait("message").await?;
    let messages = window.messages().await?;
    assert!(messages.len() > 5, "only {} messages are shown", messages.len());
    assert!(messages.iter().any(|message| message.mine) && messages.iter().any(|message| !message.mine));
    person.finds("weekend", "weekend").await?;
    let coverage = window.text("search-coverage").await?;
    let searched: u64 = coverage.chars().filter(char::is_ascii_digit).collect::<String>().parse().context("no count in the coverage")?;
    assert!(searched > 10_000, "{coverage}");
    Ok(())
}
