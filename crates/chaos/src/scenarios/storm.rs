//! Everybody comes back at once after the server died.

use super::Outcome;
use crate::{
    Hearthd, Stage,
    crowd::Crowd,
    measure::{handles, memory_kib, ms},
    wire::{Guest, Wire, send_message},
};
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// All of them are back and know of everything.
const CONVERGED_MAX: Duration = Duration::from_secs(30);
const MEMORY_KIB_EACH: u64 = 256;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::started(stage).await?;
    let sockets = stage.times(300, 5_000) as usize;
    let mut crowd = Crowd::gather(&mut server, Crowd::people_for(sockets)).await?;
    let owners = crowd.owners(sockets);
    let first = all_connect(&owners).await?;
    let memory_before = memory_kib(server.id())?;
    crowd.speaker.mutate(vec![send_message(crowd.group, "before the storm")?]).await?;
    crowd.speaker.acknowledged().await?;
    server.kill().await?;
    drop(first);
    server.start().await?;
    let began = Instant::now();
    let back = all_connect(&owners).await?;
    let took = began.elapsed();
    let (memory, open) = (memory_kib(server.id())?, handles(server.id())?);
    ensure!(back.len() == sockets, "{} of {sockets} are back", back.len());
    ensure!(took < CONVERGED_MAX, "it took {} until all were back", ms(took));
    let allowed = memory_before.max(64 * 1_024) + MEMORY_KIB_EACH * sockets as u64;
    ensure!(memory < allowed, "the server has {memory} KiB with {sockets} sockets");
    Ok(Outcome::Passed(format!(
        "{sockets} sockets were back and up to date {} after the restart; memory {memory} KiB (before {memory_before}), {open} handles",
        ms(took)
    )))
}

/// Each gets a ticket, a welcome and the heads; the server's "come back later" is obeyed.
async fn all_connect(owners: &[Guest]) -> Result<Vec<Wire>> {
    let mut connecting = JoinSet::new();
    for guest in owners.iter().cloned() {
        connecting.spawn(connect(guest));
    }
    let mut wires = Vec::with_capacity(owners.len());
    while let Some(wire) = connecting.join_next().await {
        wires.push(wire??);
    }
    Ok(wires)
}

async fn connect(guest: Guest) -> Result<Wire> {
    let end = Instant::now() + CONVERGED_MAX;
    loop {
        let connected = async {
            let wire = Wire::open(&guest).await?;
            guest.heads(wire.watermark.clone()).await?;
            Ok::<_, anyhow::Error>(wire)
        };
        match connected.await {
            Ok(wire) => return Ok(wire),
            Err(error) if Instant::now() > end => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}
