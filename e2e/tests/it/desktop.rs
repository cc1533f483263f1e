//! The stage itself: a test that sees no notification must be able to trust that it would have seen one.

use crate::stage::{seen, turn};
use anyhow::Result;
use hearth_e2e::Desktop;

#[tokio::test]
async fn a_desktop_has_a_keychain_and_notifications_of_its_own() {
    let _turn = turn().await;
    let desktop = Desktop::start("desktop").await.unwrap();
    let outcome = look_around(&desktop).await;
    seen(&desktop, outcome).await;
}

async fn look_around(desktop: &Desktop) -> Result<()> {
    assert_eq!(desktop.secret("nobody/token").await?, None);
    let sent = desktop.command("notify-send").args(["--app-name=Stage", "Curtain", "It goes up"]).status().await?;
    assert!(sent.success());
    let shown = desktop.bus().notification("Curtain").await?;
    assert_eq!((shown.app.as_str(), shown.body.as_str()), ("Stage", "It goes up"));
    let picture = desktop.picture("notification").await?;
    assert!(std::fs::metadata(picture)?.len() > 1000);
    desktop.bus().click_notification().await
}
