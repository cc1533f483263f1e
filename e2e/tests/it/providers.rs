//! Signing in by a provider: the window waits while a test is the browser.

use crate::{
    openid::{Browser, Provider},
    stage::{seen, turn},
};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, PASSWORD, Person};
use thirtyfour::Key;

#[tokio::test]
async fn the_browser_comes_back_and_the_window_opens() {
    let _turn = turn().await;
    let desktop = Desktop::start("providers").await.unwrap();
    let outcome = by_a_provider(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn by_a_provider(desktop: &Desktop) -> Result<()> {
    let provider = Provider::start().await;
    let mut server = Hearthd::start_with_providers(desktop, &provider.toml("")).await?;
    let code = server.set_up_code().await?;
    let mut alice = Person::arrives(desktop, "alice").await?;
    alice.opens_the_app(&[]).await?;
    alice.connects_to(server.link()).await?;
    alice.signs_up(Some(&code)).await?;

    // Somebody new: the browser first, then a name.
    let mut elin = Person::arrives(desktop, "elin").await?;
    elin.opens_the_app(&[]).await?;
    elin.connects_to(server.link()).await?;
    let window = elin.window()?;
    window.wait("provider").await?;
    elin.picture("sign-in").await?;
    window.click("provider").await?;
    window.wait("provider-cancel").await?;
    elin.picture("waiting").await?;
    browses(desktop, "elin").await?;
    window.wait("provider-sign-up").await?;
    elin.picture("new").await?;
    window.press("username", Key::Enter).await?;
    elin.gets_in().await?;
    elin.is("live").await?;
    window.click("open-settings").await?;
    window.wait("password-set").await?;
    window.wait("unlink").await?;
    elin.picture("no-password").await?;

    // Alice links hers, and her other computer opens by it.
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.click("link").await?;
    window.fill("link-password", PASSWORD).await?;
    alice.picture("link").await?;
    window.press("link-password", Key::Enter).await?;
    browses(desktop, "alice.at.work").await?;
    window.wait("unlink").await?;
    alice.picture("linked").await?;
    let mut elsewhere = Person::arrives(desktop, "elsewhere").await?;
    elsewhere.opens_the_app(&[]).await?;
    elsewhere.connects_to(server.link()).await?;
    elsewhere.window()?.click("provider").await?;
    browses(desktop, "alice.at.work").await?;
    elsewhere.gets_in().await?;
    elsewhere.is("live").await
}

/// The system's browser, in which somebody signs in.
async fn browses(desktop: &Desktop, name: &str) -> Result<()> {
    let browser = Browser::default();
    let back = browser.signs_in(&desktop.browser_opens().await?, name).await;
    browser.http.get(back).send().await?.error_for_status()?;
    Ok(())
}
