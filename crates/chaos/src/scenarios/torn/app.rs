//! The app's files. For each place everything is shown again, from its own file or, after a warning, from the server; what was not sent is
//! there, or the warning names it.

use super::Kept;
use crate::{
    Hearthd, Stage,
    damage::damage,
    scenarios::{
        Outcome,
        pair::{Pair, Who},
    },
    stage::tell,
};
use anyhow::{Context as _, Result, ensure};
use std::{fs, time::Duration};

/// The whole file is looked over in the background after a crash; a warning may come a moment later.
const LOOKED_OVER: Duration = Duration::from_millis(400);

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    pair.chat(100).await?;
    pair.converge().await?;
    pair.bob.kill().await?;
    pair.ada.quit().await?;
    pair.server.stop().await?;
    pair.ada.start().await?;
    for _ in 0..3 {
        pair.say(Who::Ada).await?;
    }
    pair.ada.kill().await?;
    let profile = pair.ada.profile().to_owned();
    let kept = [
        Kept::of(&profile, stage.folder().join("whole"), "replica.db")?,
        Kept::of(&profile, stage.folder().join("logged"), "replica.db-wal")?,
    ];
    // What is not sent must not be on the server from an earlier place.
    let data = pair.server.data().to_owned();
    let servers = Kept::of(&data, stage.folder().join("servers"), "hearth.db")?;
    let places = stage.times(8, 500);
    let (mut warned, mut named) = (0, 0);
    for place in 1..=places {
        let kept = if place % 2 == 0 { &kept[0] } else { &kept[1] };
        let file = kept.put_back(&profile)?;
        let what = damage(&file, &mut stage.dice)?;
        servers.put_back(&data)?;
        pair.server.start().await?;
        let (was_warned, lost) = look(&mut pair)
            .await
            .with_context(|| format!("place {place}: {what} of {}", fs::metadata(&file).map_or(0, |file| file.len())))?;
        warned += u32::from(was_warned);
        named += lost;
        pair.ada.kill().await?;
        pair.server.kill().await?;
        if place % 50 == 0 {
            tell(format_args!("{place} of {places} places, {warned} warnings, {named} unsent messages given up with a word"));
        }
    }
    Ok(Outcome::Passed(format!(
        "{places} places: {warned} warnings, always everything fetched again, {named} unsent messages given up with a word"
    )))
}

/// Whether there was a warning, and how many unsent messages are gone with it.
async fn look(pair: &mut Pair) -> Result<(bool, usize)> {
    pair.ada.start().await?;
    pair.ada.settles().await?;
    tokio::time::sleep(LOOKED_OVER).await;
    pair.ada.settles().await?;
    let warning = pair.ada.state().await?.warning;
    let lines = pair.ada.read(pair.conversation).await?;
    pair.ledger.check_present(&lines)?;
    let missing = pair.ledger.missing(&lines);
    ensure!(missing.iter().all(|text| text.starts_with("Ada")), "{} messages of others are gone", missing.len());
    match &warning {
        Some((code, words)) => {
            ensure!(code == "damaged_database" || code == "cut_log", "the warning is about something else: {words}");
            ensure!(
                missing.is_empty() || words.contains("not sent yet"),
                "unsent messages are gone and the warning does not name them: {words}"
            );
        }
        None => ensure!(missing.is_empty(), "{} unsent messages are gone without a word", missing.len()),
    }
    Ok((warning.is_some(), missing.len()))
}
