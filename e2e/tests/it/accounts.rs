//! Two accounts in one window: added, switched, told of together, and one of them taken off the computer.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn two_accounts_live_in_one_window() {
    let _turn = turn().await;
    let desktop = Desktop::start("accounts").await.unwrap();
    let outcome = two_accounts(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn two_accounts(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let carol = signed_up(desktop, &server, "carol", Some(&code)).await?;
    let mut alice = signed_up(desktop, &server, "alice", None).await?;
    alice.starts_talking_to("carol").await?;
    alice.says("Is the kettle on?").await?;
    alice.sees_own("Is the kettle on?", "sent").await?;
    alice.window()?.fill("composer", "half a thought").await?;

    adds_another(&server, &alice).await?;
    carol.starts_talking_to("worker").await?;
    both_are_told(desktop, &alice, &carol).await?;

    // Both are there after a restart, the one that was shown is shown.
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.gets_in().await?;
    alice.is("live").await?;
    alice.sees("Dock six is free").await?;
    has_accounts(&alice, &["Alice Example", "Worker Example"]).await?;
    let entries = entries(desktop, &alice).await?;
    assert_eq!(entries.iter().filter(|kept| **kept).count(), 4, "each account has a key and a token");

    goes(desktop, &alice).await
}

/// From the rail to the conversations of the other account; once given up on the way.
async fn adds_another(server: &Hearthd, alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    for give_up in [true, false] {
        window.click("open-accounts").await?;
        window.wait("account-menu").await?;
        alice.picture("one-account").await?;
        window.click("account-add").await?;
        window.wait("first-run").await?;
        alice.picture("adds-an-account").await?;
        if give_up {
            window.click("account-cancel").await?;
            alice.sees("Is the kettle on?").await?;
            assert_eq!(window.value("composer").await?, "half a thought");
        }
    }
    alice.connects_to(server.link()).await?;
    alice.picture("signs-up-beside").await?;
    window.click("to-sign-up").await?;
    let password = "correct horse battery staple";
    let form =
        [("username", "worker"), ("first-name", "Worker"), ("last-name", "Example"), ("password", password), ("password-again", password)];
    for (field, text) in form {
        window.fill(field, text).await?;
    }
    window.click("sign-up-go").await?;
    alice.gets_in().await?;
    alice.is("live").await?;
    assert!(!window.has("conversation-row").await?, "nothing of the other account is here");
    Ok(())
}

/// What comes for the account that is not shown counts at the switch and is notified, and the click leads there.
async fn both_are_told(desktop: &Desktop, alice: &Person<'_>, carol: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    // Back to the first one, with the keyboard: where it was, with what was typed.
    // (The driver holds no two modifiers, so not by Ctrl+Alt+1: the page's tests press that.)
    window.click("open-accounts").await?;
    window.wait("account-menu").await?;
    window.type_keys(Key::Enter).await?;
    alice.sees("Is the kettle on?").await?;
    assert_eq!(window.value("composer").await?, "half a thought");

    // What Alice wrote before is out of the way of the click.
    desktop.bus().notification("Is the kettle on?").await?;
    desktop.bus().close_notifications().await?;
    carol.says("Dock six is free").await?;
    let shown = desktop.bus().notification("Dock six").await?;
    assert_eq!(shown.title, "Carol Example → Worker Example");
    window.wait("accounts-badge").await?;
    window.click("open-accounts").await?;
    window.wait("account-menu").await?;
    desktop.picture("notified-for-the-other").await?;
    alice.picture("two-accounts").await?;
    window.type_keys(Key::Escape).await?;
    desktop.bus().click_notification().await?;
    alice.sees("Dock six is free").await?;
    assert!(!window.has("accounts-badge").await?);
    alice.picture("the-click-led-there").await.map(drop)
}

async fn has_accounts(alice: &Person<'_>, names: &[&str]) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    until(&format!("accounts {names:?}"), || async {
        let lines: Vec<String> = window
            .run("return Array.from(document.querySelectorAll('[data-testid=\"settings-account\"]'), (line) => line.textContent);")
            .await?;
        Ok((lines.len() == names.len() && lines.iter().zip(names).all(|(line, name)| line.contains(name))).then_some(()))
    })
    .await?;
    alice.picture("settings").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await
}

/// Whether the keychain has the keys and tokens of the first account and of the other one.
async fn entries(desktop: &Desktop, alice: &Person<'_>) -> Result<Vec<bool>> {
    let other = std::fs::read_dir(alice.profile().join("accounts"))?.next();
    let other = other.context("there is no other account")??.file_name().to_string_lossy().into_owned();
    let mut kept = vec![];
    for what in ["replica-key".to_owned(), "token".to_owned(), format!("{other}/replica-key"), format!("{other}/token")] {
        kept.push(desktop.secret(&alice.keychain_entry(&what)).await?.is_some());
    }
    Ok(kept)
}

/// Signed out and removed; the first one is as it was.
async fn goes(desktop: &Desktop, alice: &Person<'_>) -> Result<()> {
    let other = alice.profile().join("accounts");
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.click("sign-out").await?;
    window.wait("returning").await?;
    alice.picture("signed-out-beside").await?;
    window.click("account-remove").await?;
    window.wait("remove-question").await?;
    alice.picture("asks-before-removing").await?;
    window.click("account-remove-go").await?;
    alice.sees("Is the kettle on?").await?;
    alice.is("live").await?;
    until("its folder is gone", || async { Ok(std::fs::read_dir(&other)?.next().is_none().then_some(())) }).await?;
    for what in ["replica-key", "token"] {
        desktop.secret(&alice.keychain_entry(what)).await?.with_context(|| format!("the first account's {what} is gone"))?;
    }
    alice.picture("one-is-left").await.map(drop)
}
