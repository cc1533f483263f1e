//! Everything of somebody as a file, put where the system's own dialog says.

use crate::stage::{seen, signed_up, turn};
use anyhow::{Result, ensure};
use hearth_e2e::{Desktop, Hearthd, Person, until};
use std::{fs, path::Path, process::Stdio};

#[tokio::test]
async fn everything_is_downloaded_where_the_systems_dialog_says() {
    let _turn = turn().await;
    let desktop = Desktop::start("archive").await.unwrap();
    let outcome = downloads(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn downloads(desktop: &Desktop) -> Result<()> {
    let mut server = Hearthd::start(desktop).await?;
    let code = server.set_up_code().await?;
    let alice = signed_up(desktop, &server, "alice", Some(&code)).await?;
    let bob = signed_up(desktop, &server, "bob", None).await?;
    bob.starts_talking_to("alice").await?;
    bob.says("Take this along.").await?;
    alice.window()?.click("open-settings").await?;
    alice.picture("settings").await?;
    let place = desktop.home().join("everything of alice.zip");
    saves(desktop, &alice, &place).await?;
    alice.picture("ready").await?;
    let archive = fs::read(&place)?;
    ensure!(archive.starts_with(b"PK") && archive.windows(13).any(|window| window == b"manifest.json"), "this is no archive");
    let told: String = alice.window()?.text("archive-place").await?;
    ensure!(told == place.display().to_string(), "{told}");
    let window = alice.window()?;
    window.click("archive-close").await?;
    window.wait_gone("archive-dialog").await?;

    // Without the server: the same dialog, and what is on this computer.
    server.stop().await?;
    // The settings have no ember.
    until("what needs the server waits", || async {
        let waits: bool = window.run("return document.querySelector('[data-testid=account-delete]').disabled;").await?;
        Ok(waits.then_some(()))
    })
    .await?;
    alice.picture("offline").await?;
    let other = desktop.home().join("on a train.zip");
    saves(desktop, &alice, &other).await?;
    alice.picture("from-here").await?;
    ensure!(fs::read(&other)?.starts_with(b"PK") && fs::read(&place)? == archive, "one beside the other");
    let words: String = window.run("return document.querySelector('[data-testid=archive-dialog]').textContent;").await?;
    ensure!(words.contains("could not be reached"), "{words}");
    Ok(())
}

/// Types a place into the system's dialog, over what it proposes, and waits until the archive is there.
async fn saves(desktop: &Desktop, person: &Person<'_>, place: &Path) -> Result<()> {
    let window = person.window()?;
    window.click("archive-open").await?;
    let title = "Where to put your archive";
    until("the system's dialog opens", || async {
        let found = desktop.command("xdotool").args(["search", "--name", title]).stdout(Stdio::null()).status().await?;
        Ok(found.success().then_some(()))
    })
    .await?;
    desktop.picture("dialog").await?;
    until("the keys go to the dialog", || async {
        desktop.command("xdotool").args(["search", "--onlyvisible", "--name", title, "windowactivate"]).status().await?;
        let active = desktop.command("xdotool").args(["getactivewindow", "getwindowname"]).output().await?;
        Ok(String::from_utf8_lossy(&active.stdout).contains(title).then_some(()))
    })
    .await?;
    let place = place.display().to_string();
    for arguments in [vec!["key", "ctrl+a"], vec!["type", "--delay", "5", place.as_str()], vec!["key", "Return"]] {
        let done = desktop.command("xdotool").args(&arguments).status().await?;
        ensure!(done.success(), "xdotool {arguments:?}");
    }
    window.wait("archive-close").await.map(drop)
}
