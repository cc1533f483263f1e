//! One person, two computers: what is lost is signed out from the other one, and loses nothing.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use thirtyfour::Key;

#[tokio::test]
async fn a_device_is_signed_out_from_another_and_goes_on_where_it_was() {
    let _turn = turn().await;
    let desktop = Desktop::start("devices").await.unwrap();
    let outcome = signs_the_other_out(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn signs_the_other_out(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    signed_up(desktop, &server, "bob", Some(&code)).await?.app_ends().await?;
    let alice = signed_up(desktop, &server, "alice", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says("Is the kettle on?").await?;
    alice.sees_own("Is the kettle on?", "sent").await?;

    let mut other = Person::arrives(desktop, "attic").await?;
    other.opens_the_app(&[]).await?;
    other.connects_to(server.link()).await?;
    other.signs_in_as("alice").await?;
    other.opens("Bob Example").await?;
    other.sees("Is the kettle on?").await?;
    other.window()?.fill("composer", "half a thought").await?;
    names_its_own(&other, "Attic").await?;

    signs_out(&alice, "Attic").await?;
    is_signed_out(desktop, &other).await?;

    // The same after the next start: nothing opens it but signing in.
    other.app_ends().await?;
    other.opens_the_app(&[]).await?;
    let window = other.window()?;
    window.wait("sign-reason").await?;
    assert_eq!(window.value("username").await?, "alice");
    other.signs_in_as("alice").await?;
    other.is("live").await?;
    other.opens("Bob Example").await?;
    other.sees("Is the kettle on?").await?;
    assert_eq!(other.window()?.value("composer").await?, "half a thought");
    Ok(())
}

/// In the settings, from the list of devices.
async fn names_its_own(person: &Person<'_>, name: &str) -> Result<()> {
    let window = person.window()?;
    window.click("open-settings").await?;
    window.wait("sign-out-others").await?;
    window.click("device-rename").await?;
    window.fill("device-name", name).await?;
    window.press("device-name", Key::Enter).await?;
    window.wait_gone("device-name").await?;
    lists(person, name).await?;
    person.picture("devices").await.map(drop)
}

async fn lists(person: &Person<'_>, name: &str) -> Result<()> {
    let window = person.window()?;
    until(&format!("a device {name:?}"), || async {
        let lines = window.texts("device").await?;
        Ok(lines.iter().any(|line| line.contains(name)).then_some(()))
    })
    .await
}

async fn signs_out(alice: &Person<'_>, name: &str) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    lists(alice, name).await?;
    alice.picture("devices").await?;
    window.click("device-sign-out").await?;
    window.wait("sign-out-device").await?;
    alice.picture("asks-before-signing-out").await?;
    window.click("device-sign-out-go").await?;
    window.wait_gone("device-sign-out").await
}

/// The page says who did it, the token is gone, the key is not.
async fn is_signed_out(desktop: &Desktop, other: &Person<'_>) -> Result<()> {
    let window = other.window()?;
    window.wait("sign-in-page").await?;
    let said = window.text("sign-reason").await?;
    assert!(said.contains("signed out on this device") && said.contains("kept on this computer"), "{said:?}");
    other.picture("signed-out").await?;
    assert_eq!(desktop.secret(&other.keychain_entry("token")).await?, None);
    desktop.secret(&other.keychain_entry("replica-key")).await?.context("the key is gone as well")?;
    Ok(())
}
