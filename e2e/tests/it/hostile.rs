//! Every text of the corpus goes through every field that a person can fill, in a real window with a real server: nothing runs, nothing is
//! lost, nothing breaks out of its place, and of the links only those of the web and of mail lead out.

mod corpus;
mod fields;
mod names;

use crate::{
    acts::{focus, waits_for},
    guarded::{is_sound, nothing_ran, watch},
    stage::{seen, signed_up, told, turn},
};
use anyhow::{Context as _, Result, ensure};
use corpus::{Hostile, Pack, bare, packed};
use fields::{about_oneself, puts};
use hearth_e2e::{Desktop, Hearthd, PASSWORD, Person, until};
use names::{begins, conversation, group, notes, queries};
use thirtyfour::Key;

#[tokio::test]
async fn whatever_is_typed_stays_a_text() {
    let _turn = turn().await;
    let desktop = Desktop::start("hostile").await.unwrap();
    let outcome = everywhere(&desktop).await;
    seen(&desktop, outcome).await;
}

/// As much as a message takes, with some room for what a field adds.
const MESSAGE_ROOM: usize = 15_900;
/// The narrowest window that there is.
const NARROW: (u32, u32) = (420, 700);

async fn everywhere(desktop: &Desktop) -> Result<()> {
    let corpus = Hostile::all()?;
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let mut bob = Person::arrives(desktop, "bob").await?;
    bob.opens_the_app(&[]).await?;
    bob.connects_to(server.link()).await?;
    no_username(&bob).await?;
    bob.signs_up(None).await?;
    bob.is("live").await?;
    let (window, his) = (alice.window()?, bob.window()?);
    watch(window).await?;
    watch(his).await?;

    begins(&alice, "Walks").await?;
    alice.says("Are you in?").await?;
    bob.opens("Walks").await?;
    bob.sees("Are you in?").await?;
    for one in &corpus {
        says(desktop, &alice, &bob, one).await.with_context(|| format!("the text {:?}", one.name))?;
    }
    both_sound(&alice, &bob, "messages").await?;
    bob.picture("messages").await?;

    let long = packed(&corpus, MESSAGE_ROOM);
    edits(&alice, &bob, &long).await?;
    sends_later(&alice, &long).await?;
    forwards(&alice, &bob, &long).await?;
    both_sound(&alice, &bob, "edited, scheduled and forwarded").await?;

    // His word between hers: the next one of hers is under her name.
    alice.opens("Walks").await?;
    bob.opens("Walks").await?;
    bob.says("And who are you?").await?;
    alice.sees("And who are you?").await?;
    alice.says("Me").await?;
    bob.sees("Me").await?;
    about_oneself(&alice, &bob, &corpus).await?;
    both_sound(&alice, &bob, "what people say of themselves").await?;
    bob.picture("names").await?;

    conversation(&alice, &bob, &corpus).await?;
    group(&alice, &corpus).await?;
    notes(&alice, &bob, &corpus).await?;
    queries(window, &corpus).await?;
    both_sound(&alice, &bob, "places").await?;
    alice.picture("places").await?;

    narrow(&alice, &bob).await
}

/// A name that one signs in with has no such letters at all.
async fn no_username(bob: &Person<'_>) -> Result<()> {
    let window = bob.window()?;
    if !window.has("sign-up-go").await? {
        window.click("to-sign-up").await?;
    }
    window.paste("username", "<b>\u{202e}bob").await?;
    window.fill("first-name", "Bob").await?;
    window.fill("password", PASSWORD).await?;
    window.fill("password-again", PASSWORD).await?;
    window.click("sign-up-go").await?;
    told(window, "problem", "invalid_username").await.map(drop)
}

/// One message: the same for both, and a link only where it may be one.
async fn says(desktop: &Desktop, alice: &Person<'_>, bob: &Person<'_>, one: &Hostile) -> Result<()> {
    let (window, his) = (alice.window()?, bob.window()?);
    puts(window, "composer", &one.typed()).await?;
    window.press("composer", Key::Enter).await?;
    until("the composer is empty", || async { Ok(window.value("composer").await?.is_empty().then_some(())) }).await?;
    shows(alice, &one.shown()).await?;
    let id = shows(bob, &one.shown()).await?;
    let links = format!("return [...document.querySelectorAll('[data-testid=message][data-id=\"{id}\"] a')].length;");
    let links: usize = his.run(&links).await?;
    ensure!(links == usize::from(one.opens.is_some()), "{links} links in it");
    if one.refused {
        let asked = format!(
            "window.asked = undefined;
             window.__TAURI_INTERNALS__.invoke('open_link', {{ url: {} }})
                 .then(() => (window.asked = 'opened'), (problem) => (window.asked = problem.code));",
            serde_json::to_string(&one.typed())?
        );
        his.run::<()>(&asked).await?;
        let answer = until("an answer", || async { his.run::<Option<String>>("return window.asked ?? null;").await }).await?;
        ensure!(answer == "link_refused", "asked to open it, the shell answers {answer}");
        ensure!(!desktop.home().join("opened").exists(), "it was opened");
    }
    if let Some(address) = &one.opens {
        his.run::<()>(&format!("document.querySelector('[data-testid=message][data-id=\"{id}\"] a').click();")).await?;
        let opened = desktop.browser_opens().await?;
        ensure!(opened == *address, "it leads to {opened}");
    }
    nothing_ran(window, "who says it").await?;
    nothing_ran(his, "who reads it").await
}

/// Waits for a message that says so, and returns its id.
async fn shows(person: &Person<'_>, text: &str) -> Result<String> {
    let (window, wanted) = (person.window()?, bare(text));
    until("the message as it was typed", || async {
        Ok(window.messages().await?.into_iter().find(|message| bare(&message.text) == wanted).map(|message| message.id))
    })
    .await
}

/// One message takes all of them, one after another, and keeps what it was.
async fn edits(alice: &Person<'_>, bob: &Person<'_>, packs: &[Pack]) -> Result<()> {
    let (window, his) = (alice.window()?, bob.window()?);
    alice.says("What is to be said").await?;
    alice.sees_own("What is to be said", "sent").await?;
    for pack in packs {
        window.press("composer", Key::Up).await?;
        puts(window, "edit-text", &pack.typed).await?;
        window.press("edit-text", Key::Enter).await?;
        window.wait_gone("edit-text").await?;
        shows(alice, &pack.shown).await?;
        shows(bob, &pack.shown).await?;
    }
    his.run::<()>("[...document.querySelectorAll('[data-testid=message-edited]')].at(-1).click();").await?;
    his.wait("version-text").await?;
    until("what it said before", || async {
        let versions = his.texts("version-text").await?;
        let first = versions.last().is_some_and(|text| text.contains("What is to be said"));
        Ok((versions.len() == packs.len() + 1 && first).then_some(()))
    })
    .await?;
    is_sound(his, "versions").await?;
    bob.picture("versions").await?;
    his.type_keys(Key::Escape).await?;
    his.wait_gone("versions").await
}

/// What waits for its time takes all of them too.
async fn sends_later(alice: &Person<'_>, packs: &[Pack]) -> Result<()> {
    let window = alice.window()?;
    window.fill("composer", "Later").await?;
    window.press("composer", Key::Control + Key::Shift + Key::Enter).await?;
    window.wait("later-menu").await?;
    window.click("later-hour").await?;
    window.wait("scheduled-bar").await?;
    window.click("open-scheduled").await?;
    for pack in packs {
        window.click("scheduled-edit").await?;
        puts(window, "scheduled-text", &pack.typed).await?;
        window.click("scheduled-save").await?;
        window.wait_gone("scheduled-edit-dialog").await?;
        let wanted = bare(&pack.typed);
        until("what waits says it", || async {
            Ok(window.texts("scheduled-says").await?.iter().any(|text| bare(text) == wanted).then_some(()))
        })
        .await?;
        is_sound(window, "scheduled").await?;
    }
    alice.picture("scheduled").await?;
    window.click("scheduled-delete").await?;
    window.click("scheduled-delete-go").await?;
    window.wait_gone("scheduled-line").await
}

/// The words with which something is passed on.
async fn forwards(alice: &Person<'_>, bob: &Person<'_>, packs: &[Pack]) -> Result<()> {
    let window = alice.window()?;
    let ticked = "return document.querySelector('[data-testid=forward-place] input')?.checked === true";
    alice.opens("Walks").await?;
    alice.says("Pass it on").await?;
    alice.starts_talking_to("bob").await?;
    alice.says("Hello Bob").await?;
    bob.opens("Alice Example").await?;
    bob.sees("Hello Bob").await?;
    for pack in packs {
        alice.opens("Walks").await?;
        focus(window, "Pass it on").await?;
        window.type_keys("f").await?;
        window.wait("forward").await?;
        is_sound(window, "forwarding").await?;
        window.fill("forward-query", "bob").await?;
        window.press("forward-query", Key::Enter).await?;
        waits_for(window, "Bob is ticked", ticked).await?;
        puts(window, "forward-comment", &pack.typed).await?;
        window.click("forward-go").await?;
        window.wait_gone("forward").await?;
        shows(bob, &pack.shown).await?;
    }
    Ok(())
}

async fn both_sound(alice: &Person<'_>, bob: &Person<'_>, place: &str) -> Result<()> {
    is_sound(alice.window()?, &format!("Alice, {place}")).await?;
    is_sound(bob.window()?, &format!("Bob, {place}")).await
}

/// The list, a conversation and the settings in the narrowest window, one pane at a time.
async fn narrow(alice: &Person<'_>, bob: &Person<'_>) -> Result<()> {
    for person in [alice, bob] {
        let window = person.window()?;
        window.resize(NARROW).await?;
        waits_for(window, "a narrow window", "return innerWidth < 500;").await?;
        is_sound(window, "narrow, as it was").await?;
        person.picture("narrow").await?;
    }
    Ok(())
}
