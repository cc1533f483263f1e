//! `kill -9` at random points: of the server, of an app.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{
    App, Hearthd, Stage,
    measure::ms,
    shim::{Field, Shim},
    stage::tell,
    until::PATIENCE,
};
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// The app answers within a second on a quiet machine; this is what a busy one may take.
const ANSWER_MAX: Duration = Duration::from_secs(5);

pub async fn server(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::new(stage)?;
    let shim = Shim::new(&stage.programs.shim, server.data(), false)?;
    server.around = shim.around();
    server.start().await?;
    let mut pair = Pair::meet(stage, server).await?;
    let kills = stage.times(8, 200);
    let mut inside = 0;
    for kill in 1..=kills {
        // Half of the kills in the middle of a write or before an fsync, the others wherever it happens to be.
        let exact = stage.dice.percent(50);
        if exact {
            shim.set(Field::Steps, 0)?;
            shim.set(Field::KillAt, stage.dice.between(1, 25) as i64)?;
        }
        pair.chat_for(stage.dice.ms(20, 250)).await?;
        if exact {
            // It dies by itself as soon as it has written so much.
            pair.server.process()?.end(PATIENCE).await?;
            inside += 1;
        }
        pair.server.kill().await?;
        shim.set(Field::KillAt, 0)?;
        pair.note().await?;
        pair.server.start().await?;
        pair.nudge().await?;
        if kill % 25 == 0 {
            tell(format_args!("{kill} of {kills} kills, {} messages", pair.ledger.accepted()));
        }
    }
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!(
        "{kills} kills ({inside} inside a write or before an fsync), {messages} messages, each once and where it was acknowledged"
    )))
}

pub async fn app(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let (mut ada, bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
    let shim = Shim::new(&stage.programs.shim, ada.profile(), false)?;
    ada.around = shim.around();
    let mut pair = Pair::meet_with(server, ada, bob).await?;
    let kills = stage.times(8, 200);
    let mut slowest = Duration::ZERO;
    for kill in 1..=kills {
        if stage.dice.percent(50) {
            shim.set(Field::Steps, 0)?;
            shim.set(Field::KillAt, stage.dice.between(1, 120) as i64)?;
        }
        for _ in 0..5 {
            pair.say(Who::Bob).await?;
        }
        pair.talk_until_death(Who::Ada, stage.dice.ms(20, 250)).await;
        pair.ada.kill().await?;
        shim.set(Field::KillAt, 0)?;
        let began = Instant::now();
        pair.ada.start().await?;
        let lines = pair.ada.read(pair.conversation).await?;
        slowest = slowest.max(began.elapsed());
        ensure!(!lines.is_empty(), "after kill {kill} the app shows nothing");
        if kill % 25 == 0 {
            tell(format_args!("{kill} of {kills} kills, {} messages", pair.ledger.accepted()));
        }
    }
    ensure!(slowest < ANSWER_MAX, "the app took {} to show the conversation after a kill", ms(slowest));
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!("{kills} kills, {messages} messages, each once; the slowest restart showed them after {}", ms(slowest))))
}
