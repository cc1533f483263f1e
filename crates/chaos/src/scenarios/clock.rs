//! Clocks that jump, on either side: order, expiry and deduplication follow the server's log, not its clock, and never the app's.

use super::{
    Outcome,
    pair::{Pair, Who},
};
use crate::{
    App, Hearthd, Stage,
    measure::ms,
    shim::{Field, Shim},
    wire::{Guest, Wire},
};
use anyhow::{Result, ensure};
use std::time::Duration;

const HOUR_MS: i64 = 3_600_000;
const YEARS_MS: i64 = 10 * 365 * 24 * HOUR_MS;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::new(stage)?;
    let servers = Shim::new(&stage.programs.shim, server.data(), false)?;
    server.around = servers.around();
    server.start().await?;
    let (mut ada, bob) = (App::new(stage, "Ada", "first"), App::new(stage, "Bob", "first"));
    let adas = Shim::new(&stage.programs.shim, ada.profile(), false)?;
    ada.around = adas.around();
    let mut pair = Pair::meet_with(server, ada, bob).await?;
    let mut jumps = 0;
    let mut slowest = Duration::ZERO;
    for _ in 0..stage.times(1, 10) {
        for jump in [HOUR_MS, -HOUR_MS, YEARS_MS, -YEARS_MS, 0] {
            pair.chat_for(stage.dice.ms(10, 60)).await?;
            servers.set(Field::ClockMs, jump)?;
            pair.chat(4).await?;
            // What was on its way when the server died comes again under another date.
            pair.say(Who::Ada).await?;
            pair.server.kill().await?;
            pair.server.start().await?;
            slowest = slowest.max(pair.hurry().await?);
            adas.set(Field::ClockMs, jump)?;
            pair.chat(4).await?;
            slowest = slowest.max(pair.converge().await?);
            jumps += 2;
        }
    }
    expire(&mut pair.server, &servers).await?;
    let messages = pair.check(stage).await?;
    Ok(Outcome::Passed(format!(
        "{jumps} jumps, {messages} messages in order, each once, all shown {} after a jump at the latest; a ticket expired by the server's clock",
        ms(slowest)
    )))
}

/// A ticket lives by the server's clock alone, and sessions outlive a jump.
async fn expire(server: &mut Hearthd, shim: &Shim) -> Result<()> {
    let guest = Guest::sign_up(server, "guest").await?;
    let old = guest.ticket().await?;
    shim.set(Field::ClockMs, HOUR_MS)?;
    ensure!(Wire::open_with(&guest, &old).await.is_err(), "a ticket was good an hour later");
    Wire::open(&guest).await?;
    shim.set(Field::ClockMs, 0)
}
