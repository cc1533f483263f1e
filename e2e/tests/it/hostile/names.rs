//! Names and topics of conversations and groups, notes to people, and what is searched for: each text of the corpus in each of these
//! fields.

use super::{
    corpus::{Hostile, bare, packed, visible},
    fields::puts,
};
use crate::guarded::is_sound;
use anyhow::Result;
use hearth_e2e::{Person, Window, until};
use thirtyfour::Key;

const NAME_ROOM: usize = 128;
const TOPIC_ROOM: usize = 512;
const NOTE_ROOM: usize = 300;
const QUERY_ROOM: usize = 200;

/// A conversation of several people, with Bob.
pub async fn begins(alice: &Person<'_>, name: &str) -> Result<()> {
    let window = alice.window()?;
    window.click("new-conversation").await?;
    window.click("create-open").await?;
    window.fill("create-name", name).await?;
    window.fill("create-people", "bob").await?;
    window.wait("create-person").await?;
    // Enter ticks the only one who is found.
    window.press("create-people", Key::Enter).await?;
    window.click("create-go").await?;
    window.wait_gone("create-dialog").await?;
    window.wait("about-open").await.map(drop)
}

/// What a conversation is called and what it is about, on the page about it and over the other one's messages.
pub async fn conversation(alice: &Person<'_>, bob: &Person<'_>, corpus: &[Hostile]) -> Result<()> {
    let (window, his) = (alice.window()?, bob.window()?);
    alice.opens("Walks").await?;
    bob.opens("Walks").await?;
    window.press("composer", Key::Control + ".").await?;
    window.wait("about-dialog").await?;
    let topics = packed(corpus, TOPIC_ROOM);
    for (name, topic) in packed(corpus, NAME_ROOM).iter().zip(topics.iter().cycle()) {
        window.click("about-edit").await?;
        puts(window, "about-name", &name.typed).await?;
        puts(window, "about-topic-field", &topic.typed).await?;
        window.click("about-save").await?;
        window.wait_gone("about-edit-dialog").await?;
        let (name, topic) = (bare(&visible(&name.typed)), bare(&topic.typed));
        titled(window, "[data-testid=about-dialog]", &name).await?;
        until("the topic as it was typed", || async { Ok((bare(&window.text("about-topic").await?) == topic).then_some(())) }).await?;
        titled(his, "main header", &name).await?;
        is_sound(window, "about a conversation").await?;
        is_sound(his, "a conversation").await?;
    }
    alice.picture("about").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("about-dialog").await
}

/// Waits until the title of a part of the page is this name.
async fn titled(window: &Window, part: &str, name: &str) -> Result<()> {
    let title = format!("return document.querySelector('{part} h2')?.textContent ?? '';");
    until(&format!("the name {name:?}"), || async { Ok((bare(&window.run::<String>(&title).await?) == name).then_some(())) }).await
}

/// What a group is called and what it is about.
pub async fn group(alice: &Person<'_>, corpus: &[Hostile]) -> Result<()> {
    let window = alice.window()?;
    window.click("new-conversation").await?;
    window.click("create-open").await?;
    // The radio itself is out of sight; its label is what is pressed.
    window.run::<()>("document.querySelector('[data-testid=\"create-group\"]').click();").await?;
    window.fill("create-name", "Night walks").await?;
    window.click("create-go").await?;
    window.wait("create-home").await?;
    window.fill("create-name", "plans").await?;
    window.click("create-go").await?;
    window.wait_gone("create-dialog").await?;
    window.click("group-open").await?;
    let abouts = packed(corpus, TOPIC_ROOM);
    for (name, about) in packed(corpus, NAME_ROOM).iter().zip(abouts.iter().cycle()) {
        window.click("group-edit").await?;
        puts(window, "group-name", &name.typed).await?;
        puts(window, "group-about", &about.typed).await?;
        window.click("group-edit-save").await?;
        window.wait_gone("group-edit-dialog").await?;
        titled(window, "[data-testid=group-dialog]", &bare(&visible(&name.typed))).await?;
        says(window, "group-dialog", &about.typed).await?;
        is_sound(window, "about a group").await?;
    }
    alice.picture("group").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("group-dialog").await
}

async fn says(window: &Window, part: &str, text: &str) -> Result<()> {
    let wanted = bare(text);
    until(&format!("{part:?} says {text:?}"), || async {
        Ok(window.texts(part).await?.iter().any(|said| bare(said).contains(&wanted)).then_some(()))
    })
    .await
}

/// What is said with a request to somebody, to know each other and to come into a group.
pub async fn notes(alice: &Person<'_>, bob: &Person<'_>, corpus: &[Hostile]) -> Result<()> {
    let (window, his) = (alice.window()?, bob.window()?);
    let packs = packed(corpus.iter().filter(|one| !one.has_controls()), NOTE_ROOM);
    window.click("group-open").await?;
    for pack in &packs {
        window.click("group-add").await?;
        window.fill("create-people", "bob").await?;
        window.wait("create-person").await?;
        window.press("create-people", Key::Enter).await?;
        window.click("group-ask-first").await?;
        puts(window, "group-ask-note", &pack.typed).await?;
        window.click("group-add-go").await?;
        says(window, "group-invited", &pack.typed).await?;
        is_sound(window, "who is invited").await?;
        window.click("group-withdraw").await?;
        window.wait_gone("group-invited").await?;
    }
    window.type_keys(Key::Escape).await?;
    window.wait_gone("group-dialog").await?;

    window.click("open-people").await?;
    window.fill("people-find", "bob").await?;
    his.click("open-people").await?;
    for pack in &packs {
        window.click("person-add").await?;
        puts(window, "ask-note", &pack.typed).await?;
        window.click("ask-go").await?;
        says(window, "people-outgoing", &pack.typed).await?;
        says(his, "people-incoming", &pack.typed).await?;
        is_sound(his, "who asks").await?;
        window.click("person-withdraw").await?;
        window.wait_gone("people-outgoing").await?;
        his.wait_gone("people-incoming").await?;
    }
    Ok(())
}

/// What is looked for: in messages, among people, among emoji.
pub async fn queries(window: &Window, corpus: &[Hostile]) -> Result<()> {
    let packs = packed(corpus, QUERY_ROOM);
    window.click("open-search").await?;
    for pack in &packs {
        puts(window, "search-query", &pack.typed).await?;
        is_sound(window, "searching").await?;
    }
    window.fill("search-query", "canary").await?;
    says(window, "search-hit", "canary(").await?;
    is_sound(window, "found").await?;
    window.press("search-query", Key::Escape).await?;
    window.wait_gone("search-query").await?;

    window.click("new-conversation").await?;
    for pack in &packs {
        puts(window, "people-query", &pack.typed).await?;
        is_sound(window, "looking for people").await?;
    }
    window.type_keys(Key::Escape).await?;
    window.wait_gone("people-query").await?;
    window.click("conversation-row").await?;
    window.click("composer-emoji").await?;
    for pack in &packs {
        puts(window, "emoji-search", &pack.typed).await?;
    }
    is_sound(window, "looking for emoji").await?;
    window.press("emoji-search", Key::Escape).await?;
    window.wait_gone("emoji-picker").await
}
