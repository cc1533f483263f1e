//! What there is to see of the conversations at once, in real windows: details beside the open one, the order of the list, and that a search says
//! what it covers.

use crate::{
    acts::begins,
    stage::{seen, turn, two},
};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Person, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn details_stand_beside_the_conversation_and_the_list_in_an_order() {
    let _turn = turn().await;
    let desktop = Desktop::start("details").await.unwrap();
    let outcome = looks(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn looks(desktop: &Desktop) -> Result<()> {
    let (mut server, mut alice, bob) = two(desktop, "alice", "bob").await?;
    begins(&alice, "Walks", "bob").await?;
    alice.says("Are you in?").await?;
    bob.starts_talking_to("alice").await?;
    bob.says("I am, and Carol too").await?;
    alice.opens("Bob Example").await?;
    alice.sees("I am, and Carol too").await?;
    beside(&alice).await?;

    // Without a server: all of it is in the replica.
    server.stop().await?;
    alice.is("offline").await?;
    orders(&alice).await?;
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    listed(alice.window()?, "Bob Example,Walks").await?;
    covers(&alice).await?;
    server.start_again(desktop).await
}

/// A third pane by keys, which follows to another conversation; a dialog once the window is too narrow for it.
async fn beside(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.resize((1_300, 800)).await?;
    window.press("composer", Key::Control + ".").await?;
    window.wait("person-card").await?;
    in_pane(window, "person-card", true).await?;
    focus_is_on(window, "details-close").await?;
    alice.picture("of-bob").await?;
    alice.opens("Walks").await?;
    in_pane(window, "about-dialog", true).await?;
    window.wait("group-member").await?;
    alice.picture("of-walks").await?;
    // From the message box Esc is the conversation's, and from the pane it closes it.
    window.press("composer", Key::Escape).await?;
    ensure!(window.has("about-dialog").await?, "it lies beside the conversation, not on top");
    window.press("details-close", Key::Escape).await?;
    window.wait_gone("about-dialog").await?;
    // The box from which they were called up went with the other conversation.
    focus_is_on(window, "about-open").await?;

    window.click("about-open").await?;
    in_pane(window, "about-dialog", true).await?;
    window.resize((900, 700)).await?;
    window.wait_gone("about-dialog").await?;
    window.press("composer", Key::Control + ".").await?;
    in_pane(window, "about-dialog", false).await?;
    alice.picture("narrow").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("about-dialog").await?;
    window.resize((1_300, 800)).await?;
    in_pane(window, "about-dialog", true).await?;
    window.click("details-close").await?;
    window.wait_gone("about-dialog").await
}

/// By keys: the menu, the last of its orders, and the focus back at the button.
async fn orders(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    listed(window, "Bob Example,Walks").await?;
    alice.says("At nine, then").await?;
    listed(window, "Walks,Bob Example").await?;
    window.press("list-order", Key::Enter).await?;
    window.wait("list-order-menu").await?;
    alice.picture("orders").await?;
    focus_is_on(window, "list-order-newest").await?;
    window.type_keys(Key::End).await?;
    focus_is_on(window, "list-order-name").await?;
    window.type_keys(Key::Enter).await?;
    window.wait_gone("list-order-menu").await?;
    listed(window, "Bob Example,Walks").await
}

/// What is wholly here is said to be.
async fn covers(alice: &Person<'_>) -> Result<()> {
    alice.finds("Carol", "Carol").await?;
    let window = alice.window()?;
    let said = window.text("search-coverage").await?;
    ensure!(said.contains("Everything on this computer was searched"), "{said:?}");
    ensure!(!window.has("search-fetch").await?, "nothing is missing");
    alice.leaves_the_search().await
}

/// Waits until the details are the third pane, or the dialog.
async fn in_pane(window: &Window, name: &str, pane: bool) -> Result<()> {
    let found = format!("return document.querySelector('[data-testid={name}]')?.tagName ?? '';");
    let wanted = if pane { "ASIDE" } else { "DIALOG" };
    until(&format!("{name} as {wanted}"), || async { Ok((window.run::<String>(&found).await? == wanted).then_some(())) }).await
}

async fn focus_is_on(window: &Window, name: &str) -> Result<()> {
    let on = format!("return document.activeElement?.dataset.testid === '{name}';");
    until(&format!("the focus on {name}"), || async { Ok(window.run::<bool>(&on).await?.then_some(())) }).await
}

/// Waits until the list has these conversations, in this order.
async fn listed(window: &Window, names: &str) -> Result<()> {
    let shown = "return [...document.querySelectorAll('[data-testid=conversation-row]')].map((row) => row.dataset.name).join()";
    until(&format!("the list as {names}"), || async { Ok((window.run::<String>(shown).await? == names).then_some(())) }).await
}
