//! An account from its settings to its end, and what somebody else sees of it meanwhile.

use crate::stage::{seen, signed_up, told, turn};
use anyhow::Result;
use hearth_e2e::{Desktop, Hearthd, Person, Postbox, until};
use thirtyfour::Key;

const NEW_PASSWORD: &str = "staple battery horse";

#[tokio::test]
async fn an_account_tells_of_itself_rests_and_ends() {
    let _turn = turn().await;
    let desktop = Desktop::start("own-account").await.unwrap();
    let outcome = lives(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn lives(desktop: &Desktop) -> Result<()> {
    let mut postbox = Postbox::open(desktop).await?;
    let mut server = Hearthd::start_with_mail(desktop, &postbox).await?;
    let code = server.set_up_code().await?;
    let bob = signed_up(desktop, &server, "bob", Some(&code)).await?;
    let alice = signed_up(desktop, &server, "alice", None).await?;
    alice.starts_talking_to("bob").await?;
    alice.says("The keys are under the mat").await?;
    alice.sees_own("The keys are under the mat", "sent").await?;
    bob.opens("Alice Example").await?;

    tells_of_herself(&alice, &bob).await?;
    changes_her_password(&alice).await?;
    takes_an_address(&alice, &mut postbox).await?;
    rests(&alice).await?;
    ends(&alice, &bob).await
}

/// What she says, and then that nobody is to see it.
async fn tells_of_herself(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.fill("status-text", "Painting the fence").await?;
    window.choose("status-ends", "today").await?;
    window.click("status-save").await?;
    window.wait("status-clear").await?;
    window.fill("about-text", "Keeper of the east light").await?;
    window.click("about-save").await?;
    alice.picture("profile").await?;

    sees_card(bob, |said| said.contains("Painting the fence") && said.contains("Keeper of the east light")).await?;
    bob.picture("sees-her-card").await?;
    window.choose("set-show-status", "nobody").await?;
    sees_card(bob, |said| !said.contains("Painting the fence")).await?;
    bob.picture("sees-no-status").await?;
    bob.window()?.type_keys(Key::Escape).await?;
    bob.window()?.wait_gone("person-card").await
}

/// Opened from his people's page, and told anew while it is open.
async fn sees_card(bob: &Person<'_>, wanted: impl Fn(&str) -> bool) -> Result<()> {
    let window = bob.window()?;
    if !window.has("person-card").await? {
        window.click("open-people").await?;
        window.fill("people-find", "alice").await?;
        window.click("face").await?;
    }
    until("what Bob sees of Alice", || async { Ok(wanted(&window.text("person-card").await?).then_some(())) }).await
}

async fn changes_her_password(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("password-change").await?;
    window.fill("current-password", "not this one").await?;
    window.fill("new-password", NEW_PASSWORD).await?;
    window.click("password-go").await?;
    told(window, "problem", "wrong_credentials").await?;
    alice.picture("the-wrong-password").await?;
    window.fill("current-password", hearth_e2e::PASSWORD).await?;
    window.click("password-go").await?;
    window.wait_gone("password-dialog").await
}

async fn takes_an_address(alice: &Person<'_>, postbox: &mut Postbox) -> Result<()> {
    let window = alice.window()?;
    window.click("email-change").await?;
    window.fill("new-email", "alice@lights.example").await?;
    window.fill("email-password", NEW_PASSWORD).await?;
    window.press("email-password", Key::Enter).await?;
    let code = postbox.code("alice@lights.example", "Your code for").await?;
    window.fill("email-code", &code).await?;
    alice.picture("the-code-for-an-address").await?;
    window.press("email-code", Key::Enter).await?;
    window.wait_gone("email-dialog").await?;
    until("the address is shown", || async {
        let said: String = window.run("return document.querySelector('#settings-account').textContent;").await?;
        Ok(said.contains("alice@lights.example").then_some(()))
    })
    .await
}

/// Put to rest, and turned on again by signing in with the new password.
async fn rests(alice: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("account-deactivate").await?;
    window.fill("deactivate-password", NEW_PASSWORD).await?;
    alice.picture("asks-before-it-rests").await?;
    window.click("deactivate-account-go").await?;
    window.wait("sign-in-page").await?;
    let said = window.text("sign-reason").await?;
    assert!(said.contains("deactivated") && said.contains("nothing was deleted"), "{said:?}");
    alice.picture("rests").await?;
    alice.signs_in("alice", NEW_PASSWORD).await?;
    alice.gets_in().await?;
    alice.is("live").await?;
    alice.opens("Bob Example").await?;
    alice.sees("The keys are under the mat").await.map(drop)
}

/// For good: her window begins anew, and he keeps what she was called by nobody any more.
async fn ends(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.click("account-delete").await?;
    window.fill("delete-password", NEW_PASSWORD).await?;
    alice.picture("asks-before-it-ends").await?;
    window.click("delete-account-go").await?;
    window.wait("sign-in-page").await?;
    assert!(!window.has("sign-reason").await?, "there is nothing to come back to");
    assert_eq!(window.value("username").await?, "");
    alice.picture("begins-anew").await?;
    let window = bob.window()?;
    until("nobody's name in his list", || async {
        let lines = window.texts("conversation-row").await?.concat();
        Ok((lines.contains("Deleted account") && !lines.contains("Alice")).then_some(()))
    })
    .await?;
    window.click("conversation-row").await?;
    window.wait_gone("composer").await?;
    until("what she wrote is gone", || async { Ok((bob.count("The keys are under the mat").await? == 0).then_some(())) }).await?;
    bob.picture("what-is-left-of-her").await.map(drop)
}
