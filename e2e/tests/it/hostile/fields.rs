//! What people say of themselves, in the settings: each text of the corpus in each field, as it was typed but for what the server cleans.

use super::corpus::{Hostile, bare, packed, visible};
use crate::guarded::is_sound;
use anyhow::{Result, ensure};
use hearth_e2e::{Person, Window, until};
use thirtyfour::Key;

const NAME_ROOM: usize = 64;
const STATUS_ROOM: usize = 140;
const ABOUT_ROOM: usize = 500;
const KEYWORD_ROOM: usize = 64;

/// Puts a text into a field, which has all of it.
pub async fn puts(window: &Window, name: &str, text: &str) -> Result<()> {
    let has = window.paste(name, text).await?;
    ensure!(bare(&has) == bare(text), "{name:?} has {has:?} of {text:?}");
    Ok(())
}

/// Name, status, about, the device's name and words of one's own; what is the last of them stays.
pub async fn about_oneself(alice: &Person<'_>, bob: &Person<'_>, corpus: &[Hostile]) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    names(window, bob.window()?, corpus).await?;

    // Controls are refused there, and what was typed stays in the field.
    window.paste("status-text", "a\u{7}b").await?;
    window.click("status-save").await?;
    window.wait_attribute("problem", "data-code", "bad_request").await?;
    ensure!(window.value("status-text").await? == "a\u{7}b", "what was refused is gone");
    let plain = || corpus.iter().filter(|one| !one.has_controls());
    let (mut status, mut about) = (String::new(), String::new());
    for pack in packed(plain(), STATUS_ROOM) {
        puts(window, "status-text", &pack.typed).await?;
        window.click("status-save").await?;
        is_saved(window, "status-text", "status-save", &pack.typed).await?;
        status = pack.typed;
    }
    for pack in packed(plain(), ABOUT_ROOM) {
        puts(window, "about-text", &pack.typed).await?;
        window.click("about-save").await?;
        is_saved(window, "about-text", "about-save", &pack.typed).await?;
        about = pack.typed;
    }
    for pack in packed(plain(), NAME_ROOM) {
        window.click("device-rename").await?;
        puts(window, "device-name", &pack.typed).await?;
        window.click("device-name-save").await?;
        window.wait_gone("device-name").await?;
        lists(window, "device", &visible(&pack.typed)).await?;
    }
    for pack in packed(corpus, KEYWORD_ROOM) {
        puts(window, "keyword", &pack.typed).await?;
        window.click("keyword-add").await?;
        lists(window, "keyword-kept", &pack.typed).await?;
    }
    is_sound(window, "settings").await?;
    alice.picture("settings").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    card(bob, &status, &about).await
}

/// First and last names, two texts at a time, as the other one sees them over the messages.
async fn names(window: &Window, his: &Window, corpus: &[Hostile]) -> Result<()> {
    let names: Vec<String> = packed(corpus, NAME_ROOM).into_iter().map(|pack| pack.typed).collect();
    for pair in names.chunks(2) {
        let [first, rest @ ..] = pair else { continue };
        let last = rest.first().map_or("Example", String::as_str);
        puts(window, "name-first", first).await?;
        puts(window, "name-last", last).await?;
        window.click("name-save").await?;
        let (first, last) = (bare(&visible(first)), bare(&visible(last)));
        let shown = "return [...document.querySelectorAll('[data-testid=message] .name bdi')].map((one) => one.textContent);";
        until(&format!("Bob sees {first:?} {last:?}"), || async {
            let names: Vec<String> = his.run(shown).await?;
            Ok(names.iter().any(|name| bare(name) == format!("{first}{last}")).then_some(()))
        })
        .await?;
        until("the fields have the names as they are now", || async {
            let typed = (bare(&window.value("name-first").await?), bare(&window.value("name-last").await?));
            Ok((typed == (first.clone(), last.clone())).then_some(()))
        })
        .await?;
    }
    Ok(())
}

/// A form whose button rests has been saved.
async fn is_saved(window: &Window, field: &str, button: &str, text: &str) -> Result<()> {
    let rests = format!("return document.querySelector('[data-testid={button}]').disabled;");
    until(&format!("{field:?} is saved"), || async {
        Ok((window.run::<bool>(&rests).await? && bare(&window.value(field).await?) == bare(text)).then_some(()))
    })
    .await
}

async fn lists(window: &Window, name: &str, text: &str) -> Result<()> {
    let wanted = bare(text);
    until(&format!("{name:?} with {text:?}"), || async {
        Ok(window.texts(name).await?.iter().any(|line| bare(line).contains(&wanted)).then_some(()))
    })
    .await
}

/// All of it together, as somebody else finds it.
async fn card(bob: &Person<'_>, status: &str, about: &str) -> Result<()> {
    let window = bob.window()?;
    window.click("open-people").await?;
    window.fill("people-find", "alice").await?;
    window.click("face").await?;
    lists(window, "person-about", about).await?;
    lists(window, "person-card", status).await?;
    is_sound(window, "card").await?;
    bob.picture("card").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("person-card").await
}
