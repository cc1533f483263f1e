//! What a screen reader is told of the main screens, beside what it was told when somebody last listened: `golden/*.txt`, which
//! `HEARTH_BLESS=1` writes anew.

use crate::{
    acts::{settings, types},
    stage::{seen, signed_up, turn},
};
use anyhow::{Context as _, Result, bail};
use hearth_e2e::{Desktop, Hearthd, Reader, until};
use std::{env, fs, path::Path};
use thirtyfour::Key;
use tokio::sync::Mutex;

#[tokio::test]
async fn the_main_screens_are_read_aloud_as_they_were() {
    let _turn = turn().await;
    let desktop = Desktop::start_read_aloud("aloud").await.unwrap();
    let outcome = listens(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn listens(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let mut bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says("Who brings the bread?").await?;
    alice.opens("Bob Example").await?;
    alice.sees("Who brings the bread?").await?;
    // Whether it came before she looked is chance: Esc reads everything, and takes the line above what is new away.
    let window = alice.window()?;
    window.press("composer", Key::Escape).await?;
    until("no line above what is new", || async {
        window.run::<bool>("return document.querySelector('[data-row=unread]') === null;").await.map(|gone| gone.then_some(()))
    })
    .await?;
    // One window is listened to; what stands beside Bob's name is a time from then on.
    bob.app_ends().await?;
    types(&alice, "I do, **as always**.", "I do, as always.").await?;

    window.wait_gone("presence").await?;
    let reader = Reader::connect(desktop).await?;
    is_read(desktop, &reader, "conversation").await?;
    settings(&alice).await?;
    window.wait("set-quiet").await?;
    window.wait("device").await?;
    is_read(desktop, &reader, "settings").await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    alice.finds("bread", "bread").await?;
    is_read(desktop, &reader, "search").await?;
    alice.leaves_the_search().await?;
    window.click("new-conversation").await?;
    window.click("create-open").await?;
    window.wait("create-name").await?;
    is_read(desktop, &reader, "dialog").await
}

/// Reads the page once it has come to rest.
async fn is_read(desktop: &Desktop, reader: &Reader, screen: &str) -> Result<()> {
    let last = Mutex::new(String::new());
    let read = until(&format!("the {screen} on the accessibility bus"), || async {
        let now = lasting(&reader.page().await?);
        let mut last = last.lock().await;
        let rests = *last == now;
        last.clone_from(&now);
        Ok(rests.then_some(now))
    })
    .await?;
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(screen).with_extension("txt");
    if env::var_os("HEARTH_BLESS").is_some() {
        fs::create_dir_all(golden.parent().context("a file lies in a folder")?)?;
        return Ok(fs::write(&golden, &read)?);
    }
    let expected = fs::read_to_string(&golden).with_context(|| format!("HEARTH_BLESS=1 writes {}", golden.display()))?;
    if read == expected {
        return Ok(());
    }
    let beside = desktop.logs().join(screen).with_extension("txt");
    fs::write(&beside, &read)?;
    let (line, now, then) = differs(&read, &expected);
    bail!("{screen}, line {line}: read aloud is\n{now}\nnot\n{then}\nAll of it is in {}; HEARTH_BLESS=1 takes it.", beside.display());
}

/// The first line in which they differ.
fn differs<'t>(now: &'t str, then: &'t str) -> (usize, &'t str, &'t str) {
    let (mut now, mut then) = (now.lines(), then.lines());
    let mut line = 1;
    loop {
        match (now.next(), then.next()) {
            (Some(one), Some(other)) if one == other => line += 1,
            (one, other) => return (line, one.unwrap_or_default(), other.unwrap_or_default()),
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// What is the same tomorrow and elsewhere: each number is one digit, without the half of a day behind it, and each day one of May.
fn lasting(read: &str) -> String {
    let mut lasting = String::with_capacity(read.len());
    for c in read.chars() {
        if !c.is_ascii_digit() {
            lasting.push(c);
        } else if !lasting.ends_with('0') {
            lasting.push('0');
        }
    }
    let lasting = ["\u{202f}AM", "\u{202f}PM", " AM", " PM"].into_iter().fold(lasting, |text, half| text.replace(&format!("0{half}"), "0"));
    let lasting = WEEKDAYS.into_iter().fold(lasting, |text, day| text.replace(&format!("{day}, 0"), "Monday, 0"));
    // How Bob is, is asked for from time to time.
    let lasting = lasting.replace(" · Last seen 0:0", "");
    MONTHS.into_iter().fold(lasting, |text, month| text.replace(&format!("0 {month} 0"), "0 May 0"))
}

#[test]
fn what_changes_by_itself_is_left_out() {
    assert_eq!(lasting("at 10:05 PM, 3 of 120, port 127.0.0.1:40123"), "at 0:0, 0 of 0, port 0.0.0.0:0");
    assert_eq!(lasting("Sunday, 31 October 2027 at 9:00:07"), "Monday, 0 May 0 at 0:0:0");
    assert_eq!(lasting("9:41\u{202f}AM"), lasting("12:00\u{202f}PM"));
    assert_eq!(differs("a\nb\nc", "a\nx\nc"), (2, "b", "x"));
    assert_eq!(differs("a", "a\nb"), (2, "", "b"));
}
