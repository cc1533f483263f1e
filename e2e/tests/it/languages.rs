//! Arabic and Japanese, chosen in the settings: everything is said in them at once, Arabic from right to left, and axe finds nothing. The
//! compact density.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Context, Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Person, Window, until};
use std::{fs, path::Path};
use thirtyfour::Key;

/// They are the same in every language: `axe.rs` has them looked at.
const COLOURS: &str = "color-contrast";

const ASKED: &str = "Who brings the bread?";
const ARABIC: &str = "أنا، كالعادة.";
const JAPANESE: &str = "明日の朝、七時に集まりましょう。";

#[tokio::test]
async fn the_window_speaks_arabic_and_japanese() {
    let _turn = turn().await;
    let desktop = Desktop::start("languages").await.unwrap();
    let outcome = they_choose(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn they_choose(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says(ASKED).await?;
    alice.opens("Bob Example").await?;
    alice.says(ARABIC).await?;
    alice.says(JAPANESE).await?;
    alice.sees_own(JAPANESE, "sent").await?;

    for (tag, dir) in [("ar", "rtl"), ("ja", "ltr")] {
        speaks(&alice, tag, dir).await?;
    }

    // It is kept.
    alice.app_ends().await?;
    alice.opens_the_app(&[]).await?;
    alice.is("live").await?;
    let window = alice.window()?;
    is_drawn(window, "ja", "ltr").await?;

    window.click("open-settings").await?;
    window.choose("set-language", "system").await?;
    is_drawn(window, "en", "ltr").await?;
    window.choose("set-density", "compact").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    alice.opens("Bob Example").await?;
    alice.sees(JAPANESE).await?;
    let low = "const row = document.querySelector('[data-testid=conversation-row]');
        const faces = document.querySelectorAll('[data-testid=message] .avatar').length;
        return row !== null && row.offsetHeight < 56 && faces > 1;";
    until("lower lines, and a face for everybody", || async { Ok(window.run::<bool>(low).await?.then_some(())) }).await?;
    alice.picture("compact").await.map(drop)
}

/// Chooses a language in the settings, and looks at settings, list and conversation in it.
async fn speaks(alice: &Person<'_>, tag: &str, dir: &str) -> Result<()> {
    let window = alice.window()?;
    window.click("open-settings").await?;
    window.choose("set-language", tag).await?;
    is_drawn(window, tag, dir).await?;
    for key in ["settings-density", "settings-language", "settings-appearance"] {
        let words = words(tag, key)?;
        until(&format!("the words {words:?}"), || async { Ok(window.text("settings-page").await?.contains(&words).then_some(())) }).await?;
    }
    alice.picture(&format!("settings-{tag}")).await?;
    window.is_accessible(&[COLOURS]).await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    alice.opens("Bob Example").await?;
    alice.sees(JAPANESE).await?;
    // The list stands where one begins to read, the button that sends where one ends.
    let sides = "const left = (name) => document.querySelector(`[data-testid=${name}]`).getBoundingClientRect().left;
        return left('conversation-row') < left('send');";
    ensure!(window.run::<bool>(sides).await? == (dir == "ltr"), "{tag}: the window is not mirrored as it should be");
    alice.picture(&format!("conversation-{tag}")).await?;
    window.is_accessible(&[COLOURS]).await
}

async fn is_drawn(window: &Window, tag: &str, dir: &str) -> Result<()> {
    let script = format!("const root = document.documentElement; return root.lang === '{tag}' && root.dir === '{dir}';");
    until(&format!("the language {tag}"), || async { Ok(window.run::<bool>(&script).await?.then_some(())) }).await
}

/// What a language says for a key that has one line.
fn words(tag: &str, key: &str) -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales").join(tag).join("page.ftl");
    let text = fs::read_to_string(file)?;
    let found = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
    Ok(found.with_context(|| format!("no {key} in {tag}"))?.trim().to_owned())
}
