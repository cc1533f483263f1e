//! What people do in more than one test.

use anyhow::Result;
use hearth_e2e::{Person, Window, until};
use thirtyfour::Key;

/// Waits until a script that asks the page says yes.
pub async fn waits_for(window: &Window, what: &str, script: &str) -> Result<()> {
    until(what, || async { Ok(window.run::<bool>(script).await?.then_some(())) }).await
}

/// Sends what is shown otherwise than it was typed.
pub async fn types(person: &Person<'_>, typed: &str, shown: &str) -> Result<()> {
    let window = person.window()?;
    window.fill("composer", typed).await?;
    window.press("composer", Key::Enter).await?;
    person.sees_own(shown, "sent").await.map(drop)
}

/// Gives the message of this text the focus, wherever it is in the window.
pub async fn focus(window: &Window, text: &str) -> Result<()> {
    let script = format!(
        "const one = [...document.querySelectorAll('[data-testid=message]')].find((shown) => shown.textContent.includes({text:?}));
         one?.focus(); return one !== undefined && document.activeElement === one;"
    );
    waits_for(window, &format!("the focus is on {text:?}"), &script).await
}

/// Presses the other button on a message.
async fn menu(window: &Window, text: &str) -> Result<()> {
    let script = format!(
        "const message = [...document.querySelectorAll('[data-testid=message]')].find((one) => one.textContent.includes({text:?}));
         const press = new MouseEvent('contextmenu', {{ bubbles: true, cancelable: true, clientX: 400, clientY: 300 }});
         message?.dispatchEvent(press);
         return Boolean(message)"
    );
    waits_for(window, &format!("{text:?} is there"), &script).await?;
    window.wait("message-menu").await.map(drop)
}

/// Does something to a message by its menu.
pub async fn chooses_by_menu(window: &Window, text: &str, what: &str) -> Result<()> {
    menu(window, text).await?;
    window.press(what, Key::Enter).await?;
    window.wait_gone("message-menu").await
}

/// Asks of a message why one was told of it, or not.
pub async fn is_decided_by(window: &Window, text: &str, rule: &str) -> Result<()> {
    menu(window, text).await?;
    window.click("menu-why").await?;
    let decided = format!("return document.querySelector('[data-testid=why-step][data-decides=true]')?.dataset.rule === '{rule}';");
    waits_for(window, &format!("{rule} decided of {text:?}"), &decided).await
}

pub async fn settings(person: &Person<'_>) -> Result<()> {
    let window = person.window()?;
    window.click("open-settings").await?;
    window.wait("settings-page").await.map(drop)
}

/// Begins a conversation of this name with somebody, which is open then.
pub async fn begins(person: &Person<'_>, name: &str, username: &str) -> Result<()> {
    let window = person.window()?;
    window.click("new-conversation").await?;
    window.click("create-open").await?;
    window.fill("create-name", name).await?;
    window.fill("create-people", username).await?;
    window.wait("create-person").await?;
    // Enter ticks the only one who is found.
    window.press("create-people", Key::Enter).await?;
    window.click("create-go").await?;
    window.wait_gone("create-dialog").await?;
    until("the conversation is open", || async { Ok(window.has("composer").await?.then_some(())) }).await
}

/// Makes a group with these people and its first channel, which is open then.
pub async fn meets(person: &Person<'_>, group: &str, channel: &str, others: &[&str]) -> Result<()> {
    let window = person.window()?;
    window.click("new-conversation").await?;
    window.click("create-open").await?;
    // The radio itself is out of sight; its label is what is pressed.
    window.run::<()>("document.querySelector('[data-testid=\"create-group\"]').click();").await?;
    window.fill("create-name", group).await?;
    for username in others {
        window.fill("create-people", username).await?;
        window.click_where("create-person", "data-username", username).await?;
        let ticked =
            format!("return document.querySelector('[data-testid=create-person][data-username={username}] input')?.checked === true;");
        waits_for(window, &format!("{username} is ticked"), &ticked).await?;
    }
    window.click("create-go").await?;
    window.wait("create-home").await?;
    window.fill("create-name", channel).await?;
    window.click("create-go").await?;
    window.wait_gone("create-dialog").await?;
    window.wait("group-open").await.map(drop)
}
