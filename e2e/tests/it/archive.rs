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
    alice.is("offline").await?;
    alice.picture("offline").await?;
    saves(desktop, &alice, &place).await?;
    alice.picture("from-here").await?;
    ensure!(fs::read(&place)? != archive, "another one is in its place");
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
    let place = place.display().to_string();
    for arguments in [
        vec!["search", "--name", title, "windowactivate", "--sync"],
        vec!["key", "ctrl+a"],
        vec!["type", "--delay", "5", place.as_str()],
        vec!["key", "Return"],
    ] {
        let done = desktop.command("xdotool").args(&arguments).status().await?;
        ensure!(done.success(), "xdotool {arguments:?}");
    }
    // What is there already is replaced for who says so.
    until("the archive is there", || async {
        if window.has("archive-close").await? {
            return Ok(Some(()));
        }
        let asked = desktop.command("xdotool").args(["search", "--name", "^Question$"]).stdout(Stdio::null()).status().await?;
        if asked.success() {
            desktop
                .command("xdotool")
                .args(["search", "--name", "^Question$", "windowactivate", "--sync", "key", "alt+r"])
                .status()
                .await?;
        }
        Ok(None)
    })
    .await
}
