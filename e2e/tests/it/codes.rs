//! Codes that come by mail: an address is verified with one, and a forgotten password set anew.

use crate::stage::{seen, signed_up, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, Postbox, until};
use thirtyfour::Key;

const NEW_PASSWORD: &str = "staple battery horse";

#[tokio::test]
async fn an_address_is_verified_and_a_forgotten_password_set_anew() {
    let _turn = turn().await;
    let desktop = Desktop::start("codes").await.unwrap();
    let outcome = codes(&desktop).await;
    seen(&desktop, outcome).await;
}

#[tokio::test]
async fn who_speaks_arabic_is_written_to_in_arabic() {
    let _turn = turn().await;
    let desktop = Desktop::start("letters").await.unwrap();
    let outcome = in_arabic(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn in_arabic(desktop: &Desktop) -> Result<()> {
    let mut postbox = Postbox::open(desktop).await?;
    let mut server = Hearthd::start_with_mail(desktop, &postbox).await?;
    let code = server.set_up_code().await?;
    signed_up(desktop, &server, "bob", Some(&code)).await?.app_ends().await?;
    let mut alice = Person::arrives(desktop, "alice").await?;
    alice.opens_the_app(&[]).await?;
    alice.connects_to(server.link()).await?;
    verifies_her_address(&alice, &mut postbox).await?;
    alice.window()?.click("open-settings").await?;
    alice.window()?.choose("set-language", "ar").await?;
    until("the window is in Arabic", || async {
        Ok(alice.window()?.run::<bool>("return document.documentElement.lang === 'ar';").await?.then_some(()))
    })
    .await?;
    // The server hears of it when her app connects.
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.is("live").await?;

    // Where the code is asked for, the window speaks English.
    let mut elsewhere = Person::arrives(desktop, "elsewhere").await?;
    elsewhere.opens_the_app(&[]).await?;
    elsewhere.connects_to(server.link()).await?;
    let window = elsewhere.window()?;
    window.click("to-reset").await?;
    window.fill("username", "alice@example.org").await?;
    window.press("username", Key::Enter).await?;
    let code = postbox.code("alice@example.org", "كلمة مرور جديدة").await?;
    window.fill("code", &code).await?;
    window.fill("new-password", NEW_PASSWORD).await?;
    window.press("new-password", Key::Enter).await?;
    elsewhere.gets_in().await?;
    elsewhere.is("live").await
}

async fn codes(desktop: &Desktop) -> Result<()> {
    let mut postbox = Postbox::open(desktop).await?;
    let mut server = Hearthd::start_with_mail(desktop, &postbox).await?;
    let code = server.set_up_code().await?;
    signed_up(desktop, &server, "bob", Some(&code)).await?.app_ends().await?;

    let mut alice = Person::arrives(desktop, "alice").await?;
    alice.opens_the_app(&[]).await?;
    alice.connects_to(server.link()).await?;
    verifies_her_address(&alice, &mut postbox).await?;

    // She has forgotten her password, on another computer, while this one is open.
    let mut elsewhere = Person::arrives(desktop, "elsewhere").await?;
    elsewhere.opens_the_app(&[]).await?;
    elsewhere.connects_to(server.link()).await?;
    let window = elsewhere.window()?;
    window.click("to-reset").await?;
    window.fill("username", "alice@example.org").await?;
    window.press("username", Key::Enter).await?;
    let code = postbox.code("alice@example.org", "new password").await?;
    window.wait("code").await?;
    elsewhere.picture("reset").await?;
    window.fill("code", "0000 0000").await?;
    window.fill("new-password", NEW_PASSWORD).await?;
    window.press("new-password", Key::Enter).await?;
    window.wait_attribute("problem", "data-code", "wrong_code").await?;
    window.fill("code", &code).await?;
    window.press("code", Key::Enter).await?;
    elsewhere.gets_in().await?;
    elsewhere.is("live").await?;
    // The other window is out.
    alice.is("blocked").await?;
    alice.picture("signed-out").await.map(drop)
}

/// Signs up with an address, and types the code that comes there.
async fn verifies_her_address(alice: &Person<'_>, postbox: &mut Postbox) -> Result<()> {
    let window = alice.window()?;
    window.click("to-sign-up").await?;
    window.fill("email", "alice@example.org").await?;
    alice.asks_to_sign_up(None).await?;
    alice.gets_in().await?;
    window.wait("email-dialog").await?;
    let code = postbox.code("alice@example.org", "Your code for").await?;
    window.fill("email-code", &code).await?;
    alice.picture("verify").await?;
    window.press("email-code", Key::Enter).await?;
    window.wait_gone("email-dialog").await?;
    window.click("open-settings").await?;
    until("the address is shown as verified", || async {
        let text: String = window.run("return document.querySelector('#settings-account').textContent;").await?;
        Ok((text.contains("alice@example.org") && text.contains(", verified")).then_some(()))
    })
    .await?;
    alice.picture("settings").await?;
    window.type_keys(Key::Escape).await
}
