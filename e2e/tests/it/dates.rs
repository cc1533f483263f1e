//! Going to a day of a conversation in a real window, by the separator of a day and by a key.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_day_leads_to_its_first_message() {
    let _turn = turn().await;
    let desktop = Desktop::start("dates").await.unwrap();
    let outcome = goes_back(&desktop).await;
    seen(&desktop, outcome).await;
}

const FIRST: &str = "The first word of all";

async fn goes_back(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let _bob = signed_up(desktop, &server, "bob", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says(FIRST).await?;
    for number in 0..40 {
        alice.says(&format!("number {number}")).await?;
    }
    alice.sees_own("number 39", "sent").await?;

    let window = alice.window()?;
    window.press("composer", Key::Control + "j").await?;
    window.wait("date-dialog").await?;
    alice.picture("jump-to-a-date").await?;
    window.click("date-first").await?;
    window.wait_gone("date-dialog").await?;
    until("the first message is lit up", || async {
        let lit: Option<String> = window.run("return document.querySelector('[data-testid=message].hit')?.textContent ?? null;").await?;
        Ok(lit.filter(|text| text.contains(FIRST)))
    })
    .await?;
    // The separator stands above it.
    window.click("day").await?;
    window.wait("date-dialog").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("date-dialog").await?;
    Ok(())
}
