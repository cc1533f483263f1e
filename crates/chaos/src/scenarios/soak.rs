//! Faults of all kinds for a while, then quiet, then activity again: nobody diverges, memory and handles stay flat.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{
    Hearthd, Stage,
    measure::{handles, memory_kib},
    stage::tell,
};
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// Growth between the first quiet and the last that is still flat.
const MEMORY_KIB_MAX: u64 = 24 * 1_024;
const HANDLES_MAX: usize = 16;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let server = Hearthd::started(stage).await?;
    let mut pair = Pair::meet(stage, server).await?;
    let time = Duration::from_secs(stage.times(10, 1_800));
    let (began, mut faults) = (Instant::now(), 0);
    while began.elapsed() < time {
        fault(stage, &mut pair).await?;
        faults += 1;
        if faults % 20 == 0 {
            pair.converge().await?;
            tell(format_args!("{faults} faults, {} messages", pair.ledger.accepted()));
        }
    }
    pair.hurry().await?;
    // Quiet and activity in turns, in the same processes.
    let rounds = stage.times(3, 60);
    let mut first = None;
    for _ in 0..rounds {
        pair.chat(stage.times(40, 400) as usize).await?;
        pair.converge().await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let now = weigh(&pair)?;
        first.get_or_insert(now);
    }
    let (first, last) = (first.unwrap_or_default(), weigh(&pair)?);
    for ((name, before), (_, after)) in names().zip(first).zip(names().zip(last)) {
        ensure!(after.0 < before.0 + MEMORY_KIB_MAX, "{name} grew from {} to {} KiB", before.0, after.0);
        ensure!(after.1 < before.1 + HANDLES_MAX, "{name} had {} handles and has {}", before.1, after.1);
    }
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!(
        "{faults} faults, {messages} messages, no divergence; server, Ada, Bob (KiB, handles): {first:?}, then {last:?}"
    )))
}

fn names() -> impl Iterator<Item = &'static str> {
    ["the server", "Ada's app", "Bob's app"].into_iter()
}

fn weigh(pair: &Pair) -> Result<[(u64, usize); 3]> {
    let of = |process: u32| Ok::<_, anyhow::Error>((memory_kib(process)?, handles(process)?));
    Ok([of(pair.server.id())?, of(pair.ada.id())?, of(pair.bob.id())?])
}

async fn fault(stage: &mut Stage, pair: &mut Pair) -> Result<()> {
    pair.chat_for(stage.dice.ms(10, 200)).await?;
    match stage.dice.below(5) {
        0 => {
            pair.server.kill().await?;
            pair.note().await?;
            pair.server.start().await?;
        }
        1 => {
            pair.server.stop().await?;
            pair.chat(4).await?;
            pair.server.start().await?;
        }
        2 => {
            pair.ada.kill().await?;
            pair.ada.start().await?;
        }
        3 => {
            pair.bob.quit().await?;
            pair.say(Who::Ada).await?;
            pair.bob.start().await?;
        }
        _ => {
            // The server stands still for a moment, as on a machine that swaps.
            pair.server.process()?.signal("-STOP").await?;
            pair.chat(4).await?;
            tokio::time::sleep(stage.dice.ms(50, 500)).await;
            pair.server.process()?.signal("-CONT").await?;
        }
    }
    pair.nudge().await
}
