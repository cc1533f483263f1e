//! A backup is restored while apps are alive: the server notices by itself, nobody is shown something false, all agree again, and what
//! was acknowledged since comes back from the apps.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{App, Hearthd, Stage, server::copy_files, until::PATIENCE, until::until};
use anyhow::{Result, ensure};
use std::fs;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    pair.chat(20).await?;
    pair.converge().await?;
    pair.server.stop().await?;
    let backup = stage.folder().join("backup");
    copy_files(pair.server.data(), &backup)?;
    pair.server.start().await?;
    pair.nudge().await?;
    pair.chat(20).await?;
    pair.converge().await?;
    let before = pair.bob.read(pair.conversation).await?;
    // The witness is written about once a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    pair.server.kill().await?;
    pair.say(Who::Ada).await?;
    restore(&pair.server, &backup)?;
    pair.server.start().await?;
    ensure!(pair.server.complaints().contains("a new epoch begins"), "the server did not notice that it is a restored backup");
    pair.nudge().await?;
    for who in [Who::Ada, Who::Bob] {
        let app = pair.app(who);
        // Sessions that the backup had have ended with its epoch.
        app.until("is asked to sign in again", |state| state.connection == "blocked" || state.phase == "sign_in").await?;
        sign_in_again(app).await?;
    }
    pair.converge().await?;
    let after = pair.bob.read(pair.conversation).await?;
    let mut fresh = App::fresh(stage, &pair.server, "Ada", "fresh").await?;
    let lines = fresh.read(pair.conversation).await?;
    ensure!(lines == after, "a fresh computer shows something else than Bob's");
    pair.ledger.forget_places();
    let lost = before.iter().filter(|line| !lines.iter().any(|kept| kept.id == line.id)).count();
    ensure!(lost == 0, "{lost} of {} messages that were acknowledged after the backup did not come back", before.len() - 21);
    // What was not sent when the backup came is there too.
    pair.ledger.check(&lines)?;
    pair.say(Who::Bob).await?;
    pair.converge().await?;
    pair.server.stop().await?;
    pair.server.check_integrity(stage)?;
    Ok(Outcome::Passed(format!(
        "a new epoch began by itself, all agree; the {} messages acknowledged after the backup came back from the apps",
        before.len() - 21
    )))
}

/// The database as it was; the witness beside it stays, as when somebody copies a file back.
fn restore(server: &Hearthd, backup: &std::path::Path) -> Result<()> {
    for name in ["hearth.db-wal", "hearth.db-shm", "hearth.db"] {
        let path = server.data().join(name);
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    fs::copy(backup.join("hearth.db"), server.database())?;
    Ok(())
}

/// As a person does whose window says that the session ended.
async fn sign_in_again(app: &mut App) -> Result<()> {
    if app.state().await?.phase != "sign_in" {
        app.quit().await?;
        app.start().await?;
    }
    until("the page to sign in", PATIENCE, async || Ok((app.state().await?.phase == "sign_in").then_some(()))).await?;
    app.sign_in().await
}
