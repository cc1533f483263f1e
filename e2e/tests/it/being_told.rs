//! How one is told: tried from the settings, heard where the desktop plays nothing itself, counted on the icon; and that the app starts
//! with the session where one wants that.

use crate::stage::{seen, turn, two};
use anyhow::Result;
use hearth_e2e::{Desktop, until};
use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use thirtyfour::Key;

/// What plays the sound of the desktop's theme; it only notes what it was told.
const PLAYER: &str = "#!/bin/sh\necho \"$*\" >> \"$HOME/heard\"\n";

#[tokio::test]
async fn one_is_told_as_one_wants_and_the_icon_has_the_number() {
    let _turn = turn().await;
    let desktop = Desktop::start("being-told").await.unwrap();
    let outcome = tells(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn tells(desktop: &Desktop) -> Result<()> {
    let player = desktop.home().join("bin/canberra-gtk-play");
    fs::write(&player, PLAYER)?;
    fs::set_permissions(&player, Permissions::from_mode(0o700))?;
    let (_server, alice, bob) = two(desktop, "alice", "bob").await?;
    let window = bob.window()?;

    // Silent first: had it been heard, there would be two sounds in the end.
    window.click("open-settings").await?;
    window.wait_attribute("set-sound", "aria-checked", "true").await?;
    window.click("set-sound").await?;
    window.wait_attribute("set-sound", "aria-checked", "false").await?;
    window.click("try-notification").await?;
    desktop.bus().notification("This is how Hearth tells you").await?;
    window.click("set-sound").await?;
    window.wait_attribute("set-sound", "aria-checked", "true").await?;
    window.click("try-notification").await?;
    let heard = desktop.home().join("heard");
    let sounds = || async { Ok(fs::read_to_string(&heard).ok().filter(|sounds| sounds.ends_with('\n'))) };
    assert_eq!(until("it is heard", sounds).await?, "--id message-new-instant\n");
    bob.picture("tried").await?;
    desktop.bus().close_notifications().await?;

    // He looks at the settings while she writes, and has read it once he has looked.
    alice.starts_talking_to("bob").await?;
    alice.says("is anybody there?").await?;
    desktop.bus().notification("is anybody there?").await?;
    desktop.bus().launcher_shows(1).await?;
    window.type_keys(Key::Escape).await?;
    window.wait_gone("settings-page").await?;
    bob.opens("Alice Example").await?;
    bob.sees("is anybody there?").await?;
    desktop.bus().launcher_shows(0).await?;

    starts_with_the_session(desktop, window, bob.profile()).await
}

/// On the system's list for as long as it is switched on, with this profile, and hidden where that is wanted.
async fn starts_with_the_session(desktop: &Desktop, window: &hearth_e2e::Window, profile: &Path) -> Result<()> {
    let folder = desktop.home().join("config/autostart");
    let entries = || -> Vec<PathBuf> { fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect() };
    window.click("open-settings").await?;
    window.wait_attribute("set-autostart", "aria-checked", "false").await?;
    assert_eq!(entries(), Vec::<PathBuf>::new());
    window.click("set-autostart").await?;
    window.wait_attribute("set-autostart", "aria-checked", "true").await?;
    let [entry]: [PathBuf; 1] = entries().try_into().expect("there is one entry");
    let exec = || -> Result<String> {
        let text = fs::read_to_string(&entry)?;
        Ok(text.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap_or_default().to_owned())
    };
    let opens = exec()?;
    assert!(opens.contains(&format!("\"--profile-dir\" \"{}\"", profile.display())) && !opens.contains("--hidden"), "{opens}");
    window.click("set-start-hidden").await?;
    until("it starts hidden", || async { Ok(exec()?.ends_with("\"--hidden\"").then_some(())) }).await?;
    window.click("set-autostart").await?;
    window.wait_attribute("set-autostart", "aria-checked", "false").await?;
    assert_eq!(entries(), Vec::<PathBuf>::new());
    Ok(())
}
