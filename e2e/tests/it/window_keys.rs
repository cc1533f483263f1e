//! The keys of a real window: to where one was, to a place in the list, to who it is, into the search of one conversation; and what the
//! message box completes and does.

use crate::{
    acts::{begins, waits_for},
    stage::{seen, turn, two},
};
use anyhow::{Result, bail, ensure};
use hearth_e2e::{Desktop, Person, Window, until};
use thirtyfour::Key;

#[tokio::test]
async fn keys_lead_to_what_was_open_and_the_box_completes_what_is_typed() {
    let _turn = turn().await;
    let desktop = Desktop::start("window_keys").await.unwrap();
    let outcome = by_keys(&desktop).await;
    seen(&desktop, outcome).await;
}

const TEA: &str = "Who brings the tea?";

async fn by_keys(desktop: &Desktop) -> Result<()> {
    let (_server, alice, bob) = two(desktop, "alice", "bob").await?;
    alice.starts_talking_to("bob").await?;
    alice.says("The lighthouse is open").await?;
    for name in ["Walks", "Tea"] {
        begins(&alice, name, "bob").await?;
        heads(alice.window()?, name).await?;
        alice.says(TEA).await?;
    }
    bob.opens("Walks").await?;

    to_where_one_was(&alice).await?;
    into_the_conversation(&alice).await?;
    the_box_completes(&alice).await?;
    commands(&alice, &bob).await
}

async fn to_where_one_was(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    // Ctrl goes up after Tab, as when both are pressed once.
    window.press("composer", Key::Control + Key::Tab).await?;
    heads(window, "Walks").await?;
    window.press("composer", Key::Control + Key::Tab).await?;
    heads(window, "Tea").await?;
    // No driver holds a key while a picture is taken.
    let held = "const tab = new KeyboardEvent('keydown', { key: 'Tab', ctrlKey: true, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(tab);";
    window.run::<()>(held).await?;
    window.wait("recent").await?;
    let chosen = "return document.querySelector('[data-testid=recent-item][aria-selected=true]')?.textContent.includes('Walks') === true;";
    waits_for(window, "Walks is chosen", chosen).await?;
    alice.picture("recent").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("recent").await?;
    heads(window, "Tea").await?;

    // The way was: Bob, Walks, Tea, Walks, Tea.
    window.press("composer", Key::Alt + Key::Left).await?;
    heads(window, "Walks").await?;
    window.press("composer", Key::Alt + Key::Right).await?;
    heads(window, "Tea").await?;
    window.press("composer", Key::Control + ",").await?;
    window.wait("settings-page").await?;
    window.press("open-settings", Key::Alt + Key::Left).await?;
    window.wait_gone("settings-page").await?;
    heads(window, "Tea").await?;

    let three = "return document.querySelectorAll('[data-testid=conversation-row]').length === 3;";
    waits_for(window, "the list is back", three).await?;
    let lines = "return Array.from(document.querySelectorAll('[data-testid=conversation-row]'), (line) => line.dataset.name);";
    let lines = window.run::<Vec<String>>(lines).await?;
    let [first, second, third] = lines.as_slice() else { bail!("three conversations are listed, not {lines:?}") };
    for (key, name) in [("3", third), ("1", first), ("2", second)] {
        window.press("composer", Key::Control + key).await?;
        heads(window, name).await?;
    }
    Ok(())
}

async fn into_the_conversation(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    alice.opens("Bob Example").await?;
    window.press("composer", Key::Control + ".").await?;
    window.wait("person-card").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("person-card").await?;

    alice.opens("Walks").await?;
    heads(window, "Walks").await?;
    window.press("composer", Key::Control + Key::Shift + "f").await?;
    until("the filter stands there", || async { Ok((window.value("search-query").await? == "in:Walks ").then_some(())) }).await?;
    // The caret is behind it.
    window.press("search-query", "tea").await?;
    until("one hit, of the two that say so", || async { Ok((window.texts("search-hit").await?.len() == 1).then_some(())) }).await?;
    ensure!(window.value("search-query").await? == "in:Walks tea", "what is typed comes behind the filter");
    alice.picture("searched-here").await?;
    alice.leaves_the_search().await
}

async fn the_box_completes(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.press("composer", "look :telesc").await?;
    window.wait("name-option").await?;
    alice.picture("emoji").await?;
    window.press("composer", Key::Enter).await?;
    until("the emoji is in the box", || async { Ok((window.value("composer").await? == "look 🔭 ").then_some(())) }).await?;
    window.press("composer", Key::Enter).await?;
    alice.sees_own("look 🔭", "sent").await.map(drop)
}

async fn commands(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.press("composer", "/").await?;
    until("all that can be done", || async { Ok((window.texts("name-option").await?.len() == 11).then_some(())) }).await?;
    alice.picture("commands").await?;
    window.press("composer", "topic Where we walk next").await?;
    window.wait_gone("names").await?;
    window.press("composer", Key::Enter).await?;
    until("the box is empty", || async { Ok(window.value("composer").await?.is_empty().then_some(())) }).await?;
    until("Bob is told", || async {
        let told = bob.window()?.texts("happened").await?;
        Ok(told.iter().any(|line| line.contains("Alice Example changed the topic")).then_some(()))
    })
    .await?;

    window.press("composer", "/leave").await?;
    until("it alone is offered", || async { Ok((window.texts("name-option").await?.len() == 1).then_some(())) }).await?;
    window.press("composer", Key::Enter).await?;
    window.wait("about-question").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("about-question").await?;

    // What is no command is not sent by mistake.
    window.press("composer", "/shrug").await?;
    window.wait_gone("names").await?;
    window.press("composer", Key::Enter).await?;
    window.wait_attribute("composer-problem", "data-code", "no_command").await?;
    alice.picture("no-command").await?;
    ensure!(window.value("composer").await? == "/shrug", "it stays in the box");
    ensure!(alice.count("/shrug").await? == 0, "and is not sent");
    window.fill("composer", "//shrug").await?;
    window.press("composer", Key::Enter).await?;
    alice.sees_own("/shrug", "sent").await?;
    bob.sees("/shrug").await.map(drop)
}

/// Waits until the conversation of this name is open.
async fn heads(window: &Window, name: &str) -> Result<()> {
    let open = format!("return document.querySelector('main header h2')?.textContent.trim() === {name:?};");
    waits_for(window, &format!("{name:?} is open"), &open).await
}
