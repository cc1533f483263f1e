//! Torn and flipped bytes. Damage is told, never silent: what is shown afterwards is right, or it was said that it may not be.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{Hearthd, Stage, damage::damage, server::copy_files, until::PATIENCE, until::until};
use anyhow::{Context as _, Result, bail, ensure};
use std::{fs, path::Path};

/// Files with messages, and a log that is not folded in yet: kept aside, damaged anew for every place.
async fn damaged_copies(pair: &mut Pair, folder: &Path, kept: &Path) -> Result<()> {
    pair.chat(120).await?;
    pair.converge().await?;
    // The witness of how far the database came is written about once a second.
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    pair.ada.kill().await?;
    pair.bob.kill().await?;
    pair.server.kill().await?;
    copy_files(folder, kept)
}

fn put_back(kept: &Path, folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder)?;
    copy_files(kept, folder)
}

/// What a damaged server did.
#[derive(Debug, Default)]
struct Tally {
    unharmed: u32,
    refused: u32,
    failed: u32,
    new_epoch: u32,
}

/// Each place: the server refuses to start with a sentence, or fails on what it reads, or takes itself for a restored backup, or the
/// place mattered to nobody and everything is there as it was written.
pub async fn server(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    let (data, kept) = (pair.server.data().to_owned(), stage.folder().join("kept"));
    damaged_copies(&mut pair, &data, &kept).await?;
    pair.server.start().await?;
    pair.ada.start().await?;
    pair.converge_one(Who::Ada).await?;
    let written = pair.ada.read(pair.conversation).await?;
    pair.ada.kill().await?;
    pair.server.kill().await?;
    let mut tally = Tally::default();
    let places = stage.times(12, 500);
    for place in 1..=places {
        put_back(&kept, &data)?;
        let file = if stage.dice.percent(50) { "hearth.db" } else { "hearth.db-wal" };
        let what = damage(&data.join(file), &mut stage.dice)?;
        look_at_server(stage, &mut pair, &written, &mut tally, place).await.with_context(|| format!("place {place}: {what}"))?;
        pair.server.kill().await?;
        if place % 50 == 0 {
            println!("      {place} of {places} places: {tally:?}");
        }
    }
    Ok(Outcome::Passed(format!(
        "{places} places: {} refused to start, {} failed on reading, {} began a new epoch, {} mattered to nobody",
        tally.refused, tally.failed, tally.new_epoch, tally.unharmed
    )))
}

async fn look_at_server(stage: &Stage, pair: &mut Pair, written: &[crate::talk::Line], tally: &mut Tally, place: u64) -> Result<()> {
    if pair.server.try_start().await?.is_none() {
        let words = pair.server.last_words();
        ensure!(words.starts_with("hearthd: ") && words.contains("backup"), "it refused to start without saying what to do: {words:?}");
        tally.refused += 1;
        return Ok(());
    }
    // Somebody who has nothing yet reads everything that the server would tell.
    let mut fresh = crate::App::new(stage, "Ada", &format!("place-{place}"));
    fresh.start().await?;
    let link = pair.server.link().to_owned();
    let seen = async {
        fresh.ask(crate::talk::Ask::Connect { link }).await?;
        fresh.sign_in().await?;
        let what = "a fresh computer has everything or is told why not";
        let (settled, _) = until(what, PATIENCE, async || {
            let state = fresh.state().await?;
            Ok(if state.is_settled() { Some(true) } else { state.problem.is_some().then_some(false) })
        })
        .await?;
        let lines = fresh.read(pair.conversation).await.unwrap_or_default();
        Ok::<_, anyhow::Error>((settled, lines))
    }
    .await;
    fresh.kill().await?;
    fs::remove_dir_all(fresh.profile())?;
    let wrong = |lines: &[crate::talk::Line]| lines.iter().find(|line| !written.contains(line)).map(|line| line.text.clone());
    match seen {
        Ok((_, lines)) if wrong(&lines).is_some() => bail!("the server tells as true what nobody wrote: {:?}", wrong(&lines)),
        Ok((true, lines)) if lines == written => tally.unharmed += 1,
        Ok((true, lines)) if pair.server.complaints().contains("a new epoch begins") => {
            ensure!(written.starts_with(&lines), "after a new epoch the server tells something else than it did");
            tally.new_epoch += 1;
        }
        Ok((true, lines)) => bail!("the server tells {} of {} messages and has said nothing of damage", lines.len(), written.len()),
        Ok((false, _)) | Err(_) => {
            let said = pair.server.complaints();
            ensure!(
                said.contains("damaged") || said.contains("malformed") || said.contains("storage failed"),
                "it failed without a word in its log: {said}"
            );
            tally.failed += 1;
        }
    }
    Ok(())
}

/// Each place: the app shows everything again, from its own file or, after a warning, from the server; what was not sent is there, or
/// the warning names it.
pub async fn app(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    pair.chat(120).await?;
    pair.converge().await?;
    pair.server.stop().await?;
    for _ in 0..3 {
        pair.say(Who::Ada).await?;
    }
    pair.ada.kill().await?;
    let (profile, kept) = (pair.ada.profile().to_owned(), stage.folder().join("kept"));
    copy_files(&profile, &kept)?;
    pair.server.start().await?;
    let places = stage.times(12, 500);
    let (mut warned, mut named) = (0, 0);
    for place in 1..=places {
        put_back(&kept, &profile)?;
        let file = if stage.dice.percent(50) { "replica.db" } else { "replica.db-wal" };
        let what = damage(&profile.join(file), &mut stage.dice)?;
        let (was_warned, lost) = look_at_app(&mut pair).await.with_context(|| format!("place {place}: {what}"))?;
        warned += u32::from(was_warned);
        named += lost;
        pair.ada.kill().await?;
        if place % 50 == 0 {
            println!("      {place} of {places} places, {warned} warnings, {named} unsent messages given up with a word");
        }
    }
    Ok(Outcome::Passed(format!(
        "{places} places: {warned} warnings, always everything fetched again, {named} unsent messages given up with a word"
    )))
}

/// Whether there was a warning, and how many unsent messages are gone with it.
async fn look_at_app(pair: &mut Pair) -> Result<(bool, usize)> {
    pair.ada.start().await?;
    pair.ada.settles().await?;
    // The whole file is looked over in the background after a crash; a warning may come a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    pair.ada.settles().await?;
    let warning = pair.ada.state().await?.warning;
    let lines = pair.ada.read(pair.conversation).await?;
    pair.ledger.check_present(&lines)?;
    let missing = pair.ledger.missing(&lines);
    ensure!(missing.iter().all(|text| text.starts_with("Ada")), "{} messages of others are gone", missing.len());
    if let Some((code, words)) = &warning {
        ensure!(code == "damaged_database", "the warning is about something else: {words}");
        ensure!(
            missing.is_empty() || words.contains("not sent yet"),
            "unsent messages are gone and the warning does not name them: {words}"
        );
    } else {
        ensure!(missing.is_empty(), "{} unsent messages are gone without a word", missing.len());
    }
    Ok((warning.is_some(), missing.len()))
}
