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
use hearth_protocol::ids::{ConversationId, UserId};
use std::time::Duration;

const SENDERS: usize = 10;
const RECEIVERS: usize = 20;
const IN_FLIGHT: usize = 16;
const APART: Duration = Duration::from_millis(50);

/// Every sender has a conversation with every receiver, 200 in all.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let server = ServerProcess::start(bench).await?;
    let senders = Person::sign_up_all(&server, "sender", SENDERS).await?;
    let receivers = Person::sign_up_all(&server, "receiver", RECEIVERS).await?;
    let users: Vec<UserId> = receivers.iter().map(|person| person.user).collect();
    let mut conversations = Vec::new();
    for sender in &senders {
        conversations.push(sender.meets(&users).await?);
    }
    // Message n is sender n % 10's, who goes through their conversations one after another.
    let place = |n: usize| -> ConversationId {
        let of = conversations.get(n % SENDERS).and_then(|mine| mine.get(n / SENDERS % RECEIVERS));
        of.copied().unwrap_or_default()
    };
    let (mut ours, mut theirs) = (vec![], vec![]);
    for person in &senders {
        ours.push(person.connects().await?);
    }
    for person in &receivers {
        theirs.push(person.connects().await?);
    }
    let mut crowd = Crowd::new(ours, theirs);
    let messages = bench.scale.of(200, 20_000, 60_000);
    let rounds = bench.scale.of(1, 3, 3);
    let (mut rates, mut cpu, mut latency) = (vec![], vec![], vec![]);
    for round in 0..rounds {
        let ledger = Ledger::new(round + 1, messages, SENDERS, IN_FLIGHT, 1);
        let before = server.cpu_s();
        let seconds = crowd.runs(&ledger, body, place).await?;
        cpu.extend(spent(before, server.cpu_s()));
        rates.push(messages as f64 / seconds);
        latency.extend(ledger.latencies_ms());
    }
    let paced = Ledger::new(rounds + 1, bench.scale.of(20, 200, 600), SENDERS, IN_FLIGHT, 1);
    crowd.paces(&paced, APART, body, place).await?;
    drop(crowd);
    server.stop().await?;
    figures(bench, Measured { messages, rate: median(rates), cpu: median(cpu), latency, paced: paced.latencies_ms().collect() })
}

fn body(n: usize) -> String {
    text(&mut Rng::with_seed(n as u64 + 7), 100)
}

struct Measured {
    messages: usize,
    rate: f64,
    cpu: f64,
    /// Under load, in ms.
    latency: Vec<f64>,
    paced: Vec<f64>,
}

fn figures(bench: &Bench, measured: Measured) -> Result<Vec<Figure>> {
    let Measured { messages, rate, cpu, latency, paced } = measured;
    let limits = &bench.limits;
    let thousands = messages as f64 / 1e3;
    let wait = limits.loopback_ms + limits.fsync_ms;
    paced.first().context("nothing was paced")?;
    Ok(vec![
        Figure::higher("accepted, durable, delivered", rate, "msg/s")
            .cpu(Some(cpu))
            .limit("durable insert", limits.durable_rows_s)
            .goal(30_000.0),
        Figure::lower("server CPU per 1,000", cpu / thousands, "s").limit("inserted, at one core", 1e3 / limits.durable_rows_s).goal(0.04),
        Figure::lower("under load, p99", percentile(latency, 0.99), "ms").limit("loopback + fsync", wait),
        Figure::lower("at 20 msg/s, p50", median(paced.iter().copied()), "ms").limit("loopback + fsync", wait).goal(0.4),
        Figure::lower("at 20 msg/s, p99", percentile(paced, 0.99), "ms").limit("loopback + fsync", wait).goal(1.2),
    ])
}
