//! The server's files. For each place it refuses to start with a sentence, or fails on what it reads, or takes itself for a restored
//! backup, or the place mattered to nobody and everything is told as it was written.

use super::Kept;
use crate::{
    App, Hearthd, Stage,
    damage::damage,
    scenarios::{
        Outcome,
        pair::{Pair, Who},
    },
    stage::tell,
    talk::{Ask, Line},
    until::PATIENCE,
    until::until,
};
use anyhow::{Context as _, Result, ensure};
use std::{fs, time::Duration};

/// The witness of how far the database came is written about once a second.
const WITNESSED: Duration = Duration::from_millis(1_500);

#[derive(Debug, Default)]
struct Tally {
    unharmed: u32,
    refused: u32,
    failed: u32,
    new_epoch: u32,
    /// A text came back as another one, and nothing in the file says so.
    unnoticed: u32,
}

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    pair.chat(100).await?;
    pair.converge().await?;
    pair.bob.kill().await?;
    pair.ada.kill().await?;
    pair.server.stop().await?;
    let data = pair.server.data().to_owned();
    let folded = Kept::of(&data, stage.folder().join("folded"), "hearth.db")?;
    // The second time with a log that holds acknowledged messages and nothing old.
    pair.server.start().await?;
    pair.ada.start().await?;
    for _ in 0..20 {
        pair.say(Who::Ada).await?;
    }
    pair.converge_one(Who::Ada).await?;
    let written = pair.ada.read(pair.conversation).await?;
    tokio::time::sleep(WITNESSED).await;
    pair.ada.kill().await?;
    pair.server.kill().await?;
    let logged = Kept::of(&data, stage.folder().join("logged"), "hearth.db-wal")?;
    let mut tally = Tally::default();
    let places = stage.times(8, 500);
    for place in 1..=places {
        let kept = if place % 2 == 0 { &folded } else { &logged };
        let file = kept.put_back(&data)?;
        let what = damage(&file, &mut stage.dice)?;
        look(stage, &mut pair, &written, &mut tally, place).await.with_context(|| format!("place {place}: {what}"))?;
        pair.server.kill().await?;
        if place % 50 == 0 {
            tell(format_args!("{place} of {places} places: {tally:?}"));
        }
    }
    let Tally { unharmed, refused, failed, new_epoch, unnoticed } = tally;
    Ok(Outcome::Passed(format!(
        "{places} places: {refused} refused to start, {failed} failed on reading, {new_epoch} began a new epoch, {unharmed} mattered to nobody, {unnoticed} changed a text unnoticed"
    )))
}

async fn look(stage: &Stage, pair: &mut Pair, written: &[Line], tally: &mut Tally, place: u64) -> Result<()> {
    if pair.server.try_start().await?.is_none() {
        let words = pair.server.last_words();
        ensure!(words.starts_with("hearthd: ") && words.contains("backup"), "it refused to start without saying what to do: {words:?}");
        tally.refused += 1;
        return Ok(());
    }
    // Somebody who has nothing yet reads everything that the server would tell.
    let mut fresh = App::new(stage, "Ada", &format!("place-{place}"));
    fresh.start().await?;
    let seen = read_everything(pair, &mut fresh).await;
    fresh.kill().await?;
    fs::remove_dir_all(fresh.profile())?;
    let said = pair.server.complaints();
    let Ok(Some(lines)) = seen else {
        let told = ["damaged", "malformed", "storage failed", "cannot be read"].iter().any(|word| said.contains(word));
        ensure!(told, "it failed without a word in its log: {said}");
        tally.failed += 1;
        return Ok(());
    };
    let known = |line: &Line| written.iter().find(|written| written.id == line.id);
    let wrong = lines.iter().filter(|line| known(line).is_none_or(|written| written != *line)).count();
    if wrong > 0 {
        // One bit of one text, inside a page that is sound: SQLite keeps no code of its pages.
        ensure!(wrong == 1, "the server tells {wrong} messages that nobody wrote");
        tally.unnoticed += 1;
    } else if said.contains("a new epoch begins") {
        tally.new_epoch += 1;
    } else {
        let older = written.len().saturating_sub(lines.len());
        // Those twenty were in the log only, and this file was kept before them.
        ensure!(older == 0 || older == 20, "the server tells {} of {} messages and has said nothing of damage", lines.len(), written.len());
        tally.unharmed += 1;
    }
    Ok(())
}

/// Everything of the conversation, or `None` when the app is told why not.
async fn read_everything(pair: &Pair, fresh: &mut App) -> Result<Option<Vec<Line>>> {
    fresh.ask(Ask::Connect { link: pair.server.link().into() }).await?;
    fresh.sign_in().await?;
    let (settled, _) = until("a fresh computer has everything or is told why not", PATIENCE, async || {
        let state = fresh.state().await?;
        Ok(if state.is_settled() { Some(true) } else { state.problem.is_some().then_some(false) })
    })
    .await?;
    if !settled {
        return Ok(None);
    }
    fresh.read(pair.conversation).await.map(Some)
}
