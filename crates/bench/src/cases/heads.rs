use crate::{
    Bench, Figure,
    figure::median,
    limits::ms,
    people::{Person, message, mutation},
    process::spent,
    server::ServerProcess,
};
use anyhow::{Context as _, Result};
use futures::StreamExt as _;
use hearth_protocol::sync::{HeadsRequest, HeadsResponse};
use std::time::Instant;

/// Each conversation has messages: heads count what is unread and bring the last one.
const MESSAGES_EACH: usize = 10;

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let memberships = bench.scale.of(50, 1_000, 5_000);
    let server = ServerProcess::start(bench).await?;
    let people = Person::sign_up_all(&server, "person", 2).await?;
    let (reader, writer) = (people.first().context("nobody")?, people.last().context("nobody")?);
    let conversations = writer.founds(memberships, &[reader.user]).await?;
    for _ in 0..MESSAGES_EACH {
        let messages: Vec<_> = conversations.iter().map(|id| mutation(message(*id, "Something to read".into()))).collect();
        let each = messages.chunks(100).map(|batch| writer.perform(batch.to_vec()));
        futures::stream::iter(each).buffer_unordered(4).collect::<Vec<_>>().await.into_iter().collect::<Result<Vec<()>>>()?;
    }
    let everything = HeadsRequest::default();
    let (mut full, mut moved, mut bytes) = (vec![], vec![], 0);
    let before = server.cpu_s();
    let rounds = bench.scale.of(2, 15, 15);
    for _ in 0..rounds {
        let started = Instant::now();
        let answer = reader.post_encoded("/v1/sync/heads", &everything, "identity").await?;
        full.push(ms(started));
        bytes = answer.bytes.len();
    }
    let cpu_s = spent(before, server.cpu_s());
    let answer: HeadsResponse = reader.post("/v1/sync/heads", &everything).await?;
    let mut since = HeadsRequest { epoch: Some(answer.epoch), watermark: answer.watermark };
    for at in 0..bench.scale.of(2, 50, 100) {
        let conversation = conversations.get(at % memberships).copied().context("no conversation")?;
        writer.perform(vec![mutation(message(conversation, "One more".into()))]).await?;
        let started = Instant::now();
        let answer: HeadsResponse = reader.post("/v1/sync/heads", &since).await?;
        moved.push(ms(started));
        anyhow::ensure!(!answer.full && answer.heads.len() == 2, "of all heads one had moved, not {}", answer.heads.len());
        since.watermark = answer.watermark;
    }
    server.stop().await?;
    let limits = &bench.limits;
    let travel = limits.loopback_ms + bytes as f64 / limits.loopback_bytes_s * 1e3;
    Ok(vec![
        Figure::lower(format!("all of {memberships} heads"), median(full), "ms")
            .cpu(cpu_s.map(|cpu| cpu / f64::from(rounds)))
            .limit("loopback of the bytes", travel),
        Figure::lower("all heads, not compressed", bytes as f64 / 1e3, "kB"),
        Figure::lower("the one that moved", median(moved), "ms").limit("loopback", limits.loopback_ms).goal(10.0),
    ])
}
