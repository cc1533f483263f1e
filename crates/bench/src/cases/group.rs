use crate::{
    Bench, Figure,
    corpus::text,
    figure::{median, percentile},
    load::{Crowd, Ledger},
    people::Person,
    process::spent,
    server::ServerProcess,
};
use anyhow::{Context as _, Result};
use fastrand::Rng;
use hearth_protocol::ids::UserId;
use std::time::Duration;

const WRITERS: usize = 5;
const READERS: usize = 50;
const IN_FLIGHT: usize = 16;
const APART: Duration = Duration::from_millis(50);
/// A pushed message's frame, about.
const FRAME_BYTES: f64 = 450.0;

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let server = ServerProcess::start(bench).await?;
    let writers = Person::sign_up_all(&server, "writer", WRITERS).await?;
    let readers = Person::sign_up_all(&server, "reader", READERS).await?;
    let founder = writers.first().context("no writers")?;
    let members: Vec<UserId> = writers.iter().chain(&readers).map(|person| person.user).collect();
    let conversation = founder.founds(1, &members).await?.first().copied().context("no group")?;
    let (mut ours, mut theirs) = (vec![], vec![]);
    for person in &writers {
        ours.push(person.connects().await?);
    }
    for person in &readers {
        theirs.push(person.connects().await?);
    }
    let mut crowd = Crowd::new(ours, theirs);
    let messages = bench.scale.of(50, 5_000, 20_000);
    let rounds = bench.scale.of(1, 3, 3);
    let (mut rates, mut cpu) = (vec![], vec![]);
    for round in 0..rounds {
        let ledger = Ledger::new(round + 1, messages, WRITERS, IN_FLIGHT, READERS as u32);
        let before = server.cpu_s();
        let seconds = crowd.runs(&ledger, body, |_| conversation).await?;
        cpu.extend(spent(before, server.cpu_s()));
        rates.push((messages * READERS) as f64 / seconds);
    }
    let paced = Ledger::new(rounds + 1, bench.scale.of(20, 200, 600), WRITERS, IN_FLIGHT, READERS as u32);
    crowd.paces(&paced, APART, body, |_| conversation).await?;
    let paced: Vec<f64> = paced.latencies_ms().collect();
    drop(crowd);
    server.stop().await?;
    let (cpu, limits) = (median(cpu), &bench.limits);
    let bytes = limits.loopback_bytes_s / FRAME_BYTES;
    let wait = limits.loopback_ms + limits.fsync_ms;
    Ok(vec![
        Figure::higher("deliveries", median(rates), "/s").cpu(Some(cpu)).limit("their bytes, one socket", bytes).goal(250_000.0),
        Figure::lower("server CPU per 1,000", cpu * 1e3 / (messages * READERS) as f64, "s")
            .limit("their bytes, at one core", 1e3 / bytes)
            .goal(0.005),
        Figure::lower("to all, at 20 msg/s, p50", median(paced.iter().copied()), "ms").limit("loopback + fsync", wait).goal(0.8),
        Figure::lower("to all, at 20 msg/s, p99", percentile(paced, 0.99), "ms").limit("loopback + fsync", wait).goal(2.0),
    ])
}

fn body(n: usize) -> String {
    text(&mut Rng::with_seed(n as u64 + 7), 100)
}
