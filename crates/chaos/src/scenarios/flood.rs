//! One person sends without end: the others' messages do not wait behind theirs.

use super::Outcome;
use crate::{
    Hearthd, Stage,
    crowd::Crowd,
    measure::{ms, percentile},
    wire::{Guest, Wire, send_message},
};
use anyhow::{Result, ensure};
use hearth_protocol::ids::ConversationId;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

/// Mutations of one frame; the next goes out when they are answered.
const AT_ONCE: usize = 50;
const SOCKETS: usize = 4;
/// Asserted loosely: one machine plays everybody here, so that the flood takes processor time from the measurement as well.
const TIMES_MAX: u32 = 20;
const LATENCY_MAX: Duration = Duration::from_millis(250);

pub async fn play(stage: &mut Stage) -> Result<Outcome> {
    let mut server = Hearthd::started(stage).await?;
    let mut crowd = Crowd::gather(&mut server, 3).await?;
    let messages = stage.times(60, 2_000);
    measure(&mut crowd, messages / 3).await?;
    let calm = measure(&mut crowd, messages).await?;
    let flooded = Arc::new(AtomicU64::new(0));
    let owner = crowd.owners(2).pop();
    let floods: Vec<_> = owner
        .into_iter()
        .flat_map(|guest| std::iter::repeat_n(guest, SOCKETS))
        .map(|guest| tokio::spawn(flood(guest, crowd.group, flooded.clone())))
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let began = (Instant::now(), flooded.load(SeqCst));
    let busy = measure(&mut crowd, messages).await?;
    let rate = (flooded.load(SeqCst) - began.1) as f64 / began.0.elapsed().as_secs_f64();
    for task in floods {
        ensure!(!task.is_finished(), "the flood ended early");
        task.abort();
    }
    let (calm, busy) = (percentile(calm, 99), percentile(busy, 99));
    let times = busy.as_secs_f64() / calm.as_secs_f64();
    ensure!(busy < calm * TIMES_MAX || busy < LATENCY_MAX, "under a flood the others' p99 is {} instead of {}", ms(busy), ms(calm));
    Ok(Outcome::Passed(format!(
        "{rate:.0} messages/s from one person; the others' p99 {} calm, {} flooded ({times:.1}x)",
        ms(calm),
        ms(busy)
    )))
}

/// From sending to the answer, one after the other.
async fn measure(crowd: &mut Crowd, messages: u64) -> Result<Vec<Duration>> {
    let mut took = Vec::new();
    for number in 0..messages {
        let began = Instant::now();
        crowd.speaker.mutate(vec![send_message(crowd.group, &format!("calm {number}"))?]).await?;
        crowd.speaker.acknowledged().await?;
        took.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(took)
}

async fn flood(guest: Guest, group: ConversationId, sent: Arc<AtomicU64>) -> Result<()> {
    let mut wire = Wire::open(&guest).await?;
    loop {
        let many: Result<Vec<_>> = (0..AT_ONCE).map(|number| send_message(group, &format!("flood {number}"))).collect();
        wire.mutate(many?).await?;
        match wire.acknowledged().await {
            Ok(()) => drop(sent.fetch_add(AT_ONCE as u64, SeqCst)),
            // "Try again later" is an answer as well.
            Err(error) if error.is::<hearth_protocol::error::ApiError>() => {}
            Err(error) => return Err(error),
        }
    }
}
