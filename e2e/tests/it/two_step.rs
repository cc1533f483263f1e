//! Two-step sign-in, with a test for an authenticator app: it reads the secret off the window.

use crate::stage::{seen, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Hearthd, PASSWORD, Person};
use std::time::{SystemTime, UNIX_EPOCH};
use thirtyfour::Key;
use totp_rs::{Builder, Secret};

#[tokio::test]
async fn the_phone_opens_the_window_besides_the_password() {
    let _turn = turn().await;
    let desktop = Desktop::start("two_step").await.unwrap();
    let outcome = two_step(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn two_step(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = Person::arrives(desktop, "alice").await?;
    alice.opens_the_app(&[]).await?;
    alice.connects_to(server.link()).await?;
    alice.signs_up(Some(&code)).await?;
    let (secret, recovery) = turns_it_on(&alice).await?;

    let mut elsewhere = Person::arrives(desktop, "elsewhere").await?;
    elsewhere.opens_the_app(&[]).await?;
    elsewhere.connects_to(server.link()).await?;
    let window = elsewhere.window()?;
    window.fill("username", "alice").await?;
    window.fill("password", PASSWORD).await?;
    window.press("password", Key::Enter).await?;
    window.wait("second-code").await?;
    elsewhere.picture("second-step").await?;
    // What turned it on is used up.
    window.fill("second-code", "000000").await?;
    window.press("second-code", Key::Enter).await?;
    window.wait_attribute("problem", "data-code", "wrong_code").await?;
    elsewhere.picture("second-step-wrong").await?;
    window.fill("second-code", &shown(&secret, 1)?).await?;
    window.press("second-code", Key::Enter).await?;
    elsewhere.gets_in().await?;
    elsewhere.is("live").await?;

    // Off again, by a recovery code.
    window.click("open-settings").await?;
    window.click("two-step-off").await?;
    window.fill("prove-password", PASSWORD).await?;
    window.fill("prove-code", &recovery).await?;
    elsewhere.picture("off").await?;
    window.press("prove-code", Key::Enter).await?;
    window.wait("two-step-on").await?;
    // The other window hears of it.
    alice.window()?.wait("two-step-on").await?;
    alice.picture("off").await.map(drop)
}

/// Turns it on as the window asks for it; gives back the secret and a recovery code.
async fn turns_it_on(alice: &Person<'_>) -> Result<(String, String)> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    // A QR code is dark on light in a dark window too.
    window.run::<bool>("document.querySelector('[data-testid=theme-dark]').click(); return true;").await?;
    window.click("two-step-on").await?;
    window.fill("two-step-password", PASSWORD).await?;
    window.press("two-step-password", Key::Enter).await?;
    window.wait("two-step-qr").await?;
    alice.picture("qr").await?;
    let secret: String = window.run("return document.querySelector('[data-testid=two-step-secret]').textContent;").await?;
    window.fill("two-step-code", &shown(&secret, 0)?).await?;
    window.press("two-step-code", Key::Enter).await?;
    window.wait("recovery-code").await?;
    alice.picture("codes").await?;
    let recovery: String = window.run("return document.querySelector('[data-testid=recovery-code]').textContent;").await?;
    window.click("recovery-done").await?;
    window.wait("two-step-off").await?;
    alice.picture("settings").await?;
    Ok((secret, recovery))
}

/// What the app shows, so many times half a minute from now.
fn shown(secret: &str, ahead: u64) -> Result<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let secret = Secret::try_from_base32(secret.replace(' ', ""))?;
    let totp = Builder::new().with_secret(secret).build().context("a secret that an app takes")?;
    Ok(totp.generate(now + ahead * 30).to_string())
}
