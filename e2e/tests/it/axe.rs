//! Every main screen as it is drawn in a real window: axe finds nothing, colours included, in both themes, and in both where the system asks
//! for more contrast.

use crate::{
    acts::{begins, focus, settings},
    stage::{joins, seen, turn},
};
use anyhow::{Context, Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Person, Sense, Window, until};
use thirtyfour::Key;

const LAMP: &str = "The lamp is yours tonight: https://example.org/lamp";
const OIL: &str = "And the oil?";
const WAITS: &str = "Nobody hears this yet";

#[tokio::test]
async fn every_main_screen_is_accessible_in_every_look() {
    let _turn = turn().await;
    let desktop = Desktop::start("axe").await.unwrap();
    let outcome = screens(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn screens(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let mut alice = Person::arrives(desktop, "alice").await?;
    joins(&mut alice, &server, Some(&code)).await?;
    let mut bob = Person::arrives(desktop, "bob").await?;
    bob.opens_the_app(&[]).await?;
    bob.window()?.wait("first-run").await?;
    looks(&bob, "first-run").await?;
    bob.connects_to(server.link()).await?;
    bob.window()?.wait("sign-in-page").await?;
    looks(&bob, "sign-in").await?;
    bob.signs_up(None).await?;
    bob.is("live").await?;

    let hers = alice.window()?;
    begins(&alice, "Lamps", "bob").await?;
    bob.opens("Lamps").await?;
    bob.says(LAMP).await?;
    alice.sees(LAMP).await?;
    answers(hers, LAMP).await?;
    alice.says(OIL).await?;
    alice.sees_own(OIL, "delivered").await?;
    looks(&alice, "conversation").await?;

    // Where he does not read it, he is told of it.
    bob.window()?.click("open-inbox").await?;
    hers.fill("composer", "Ask @b").await?;
    hers.wait("name-option").await?;
    looks(&alice, "completion").await?;
    hers.press("composer", Key::Enter).await?;
    hers.wait_gone("names").await?;
    hers.press("composer", Key::Enter).await?;
    alice.sees("Ask @Bob Example").await?;

    focus(hers, OIL).await?;
    hers.type_keys("t").await?;
    hers.wait("thread-write").await?;
    hers.fill("thread-write", "With wicks").await?;
    hers.click("thread-say").await?;
    hers.wait("thread-messages").await?;
    looks(&alice, "thread").await?;
    closes(hers, "thread").await?;

    hers.click("about-open").await?;
    hers.wait("about-dialog").await?;
    looks(&alice, "details").await?;
    closes(hers, "about-dialog").await?;

    alice.finds("lamp", "The lamp is yours").await?;
    looks(&alice, "search").await?;
    alice.leaves_the_search().await?;

    settings(&alice).await?;
    looks(&alice, "settings").await?;
    // What the looks are made of is what the settings choose.
    for theme in ["dark", "light", "system"] {
        hers.run::<bool>(&format!("document.querySelector('[data-testid=theme-{theme}]').click(); return true;")).await?;
        let wanted = (theme != "system").then_some(theme);
        until(&format!("the theme {theme}"), || async {
            let drawn: Option<String> = hers.run("return document.documentElement.dataset.theme ?? null;").await?;
            Ok((drawn.as_deref() == wanted).then_some(()))
        })
        .await?;
    }
    closes(hers, "settings-page").await?;

    bob.window()?.wait("inbox-line").await?;
    looks(&bob, "inbox").await?;

    server.stop().await?;
    alice.is("offline").await?;
    alice.opens("Lamps").await?;
    alice.says(WAITS).await?;
    hers.click("outbox-count").await?;
    hers.wait("outbox-item").await?;
    looks(&alice, "outbox").await
}

/// Has axe look at what stands there, in each look.
async fn looks(person: &Person<'_>, screen: &str) -> Result<()> {
    let window = person.window()?;
    // Halfway from one colour to the next, none is what it will be.
    window.asks_for(Sense::NoMotion, true).await?;
    for (more, theme) in [(false, "light"), (false, "dark"), (true, "light"), (true, "dark")] {
        window.asks_for(Sense::MoreContrast, more).await?;
        let script = format!(
            "document.documentElement.dataset.theme = {theme:?};
            return getComputedStyle(document.documentElement).colorScheme;"
        );
        let drawn: String = window.run(&script).await?;
        ensure!(drawn == theme, "the page is {drawn}, not {theme}");
        let look = format!("{screen}-{theme}{}", if more { "-more" } else { "" });
        window.is_accessible(&[]).await.context(look.clone())?;
        person.picture(&look).await?;
    }
    window.asks_for(Sense::MoreContrast, false).await?;
    window.run::<bool>("delete document.documentElement.dataset.theme; return true;").await?;
    window.asks_for(Sense::NoMotion, false).await
}

async fn answers(window: &Window, text: &str) -> Result<()> {
    focus(window, text).await?;
    window.type_keys("r").await?;
    window.wait("reply-bar").await.map(drop)
}

async fn closes(window: &Window, what: &str) -> Result<()> {
    window.type_keys(Key::Escape).await?;
    window.wait_gone(what).await
}
