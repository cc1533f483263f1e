//! A message goes into a collection that is made for it without a server, is found in it, and stays there once the server is back.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Window, until};

const BREAD: &str = "The recipe: flour, water, salt, and a night";

#[tokio::test]
async fn a_collection_is_made_and_filled_without_a_server() {
    let _turn = turn().await;
    let desktop = Desktop::start("collections").await.unwrap();
    let outcome = collects(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn collects(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says(BREAD).await?;
    bob.sees_own(BREAD, "delivered").await?;
    alice.opens("Bob Example").await?;
    alice.sees(BREAD).await?;
    let window = alice.window()?;

    server.stop().await?;
    alice.is("offline").await?;
    focused(window).await?;
    window.type_keys("c").await?;
    window.wait("collect-dialog").await?;
    window.fill("collect-name", "Recipes").await?;
    window.click("collect-create").await?;
    window.wait("collect-into").await?;
    alice.picture("collected-offline").await?;
    window.click("collect-done").await?;
    window.wait_gone("collect-dialog").await?;
    window.click("open-starred").await?;
    window.wait("starred-page").await?;
    window.click("collection-made").await?;
    window.wait("marked-line").await?;
    assert!(window.text("marked-line").await?.contains(BREAD));
    alice.picture("collection").await?;

    server.start_again(desktop).await?;
    alice.is("live").await?;
    window.click("collection-rename").await?;
    window.wait("name-collection").await?;
    window.fill("collection-name", "Bread").await?;
    window.click("collection-save").await?;
    window.wait_gone("name-collection").await?;
    until("it is called something else", || async { Ok((window.text("collection-made").await? == "Bread").then_some(())) }).await?;
    window.click("marked-off").await?;
    window.wait_gone("marked-line").await?;
    window.click("collection-delete").await?;
    window.wait("delete-collection").await?;
    window.click("delete-collection-go").await?;
    window.wait_gone("collection-made").await?;
    alice.picture("deleted").await.map(drop)
}

/// The focus is on the message.
async fn focused(window: &Window) -> Result<()> {
    let script = format!(
        "const message = [...document.querySelectorAll('[data-testid=message]')].find((one) => one.textContent.includes({BREAD:?}));
         if (message) message.focus();
         return Boolean(message)"
    );
    until("the message is there", || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}
