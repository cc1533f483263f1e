//! A socket that reads a kilobyte a second: it gets hints instead of rows, takes no memory, and nobody else waits for it.

use super::Outcome;
use crate::{
    Hearthd, Stage,
    crowd::{Crowd, Heard, read_on},
    measure::{memory_kib, ms, percentile},
    until::{PATIENCE, until},
};
use anyhow::{Result, ensure};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

/// Enough to fill every buffer between the server and somebody who does not read, and the server's queue behind them.
const SIGNS: usize = 15_000;
/// What one slow socket may cost: its queue of frames, which it shares with the others, and the kernel's buffers.
const MEMORY_KIB_MAX: u64 = 64 * 1_024;

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::started(stage).await?;
    let quick = stage.times(19, 99) as usize;
    let messages = stage.times(360, 4_000) as usize;
    let mut crowd = Crowd::gather(&mut server, Crowd::people_for(quick).max(3)).await?;
    // Once for the server's own caches, once to compare with.
    crowd.measure(quick, messages / 10, SIGNS).await?;
    let before = crowd.measure(quick, messages / 4, SIGNS).await?;
    let memory_before = memory_kib(server.id())?;
    let (slow, heard) = (Arc::new(AtomicBool::new(true)), Arc::new(Heard::default()));
    let last = crowd.guests.last().cloned();
    let slow_one = last.map(|guest| tokio::spawn(read_on(guest, slow.clone(), heard.clone())));
    let during = crowd.measure(quick, messages, SIGNS).await?;
    let memory = memory_kib(server.id())?;
    // Now it reads all that waits for it: rows first, then that there is more.
    slow.store(false, SeqCst);
    until("a hint for the slow reader", PATIENCE, async || Ok((heard.hints.load(SeqCst) > 0).then_some(()))).await?;
    if let Some(task) = slow_one {
        task.abort();
    }
    let rows = heard.rows.load(SeqCst);
    ensure!(rows < messages, "the slow reader was sent all {rows} frames");
    let grown = memory.saturating_sub(memory_before);
    ensure!(grown < MEMORY_KIB_MAX, "with one slow reader the server grew by {grown} KiB");
    let (p99_before, p99) = (percentile(before, 99), percentile(during, 99));
    Ok(Outcome::Passed(format!(
        "one of {} at 1 KB/s got {rows} of {messages} frames and then hints; the others' p99 {} without it, {} with it; memory +{grown} KiB",
        quick + 1,
        ms(p99_before),
        ms(p99)
    )))
}
