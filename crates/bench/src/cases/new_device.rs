use super::catch_up::fill;
use crate::{
    Bench, Figure,
    people::{PASSWORD, Person},
    process::{cpu_s, spent},
    proxy::CountingProxy,
    server::ServerProcess,
};
use anyhow::{Context as _, Result, anyhow, bail};
use hearth_client::{
    Client, MemoryKeychain, NoHost, Options,
    view::{Connection, Filter, ListOrder, Phase, Problem},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use zeroize::Zeroizing;

/// No update for so long: it stands still.
const PATIENCE: Duration = Duration::from_secs(30);
/// The list that a window shows.
const LISTED: usize = 200;

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let messages = bench.scale.of(1_000, 100_000, 100_000);
    let goals =
        Goals { list_s: None, full_s: bench.scale.of(None, Some(2.5), Some(2.5)), full_mb: bench.scale.of(None, Some(8.0), Some(8.0)) };
    let mut figures = device(bench, bench.scale.of(20, 200, 200), messages, goals).await?;
    if bench.scale == crate::Scale::Full {
        figures.extend(device(bench, 2_000, 1_000_000, Goals { list_s: Some(2.0), full_s: None, full_mb: None }).await?);
    }
    Ok(figures)
}

struct Goals {
    list_s: Option<f64>,
    full_s: Option<f64>,
    full_mb: Option<f64>,
}

/// A server with that much, then the first sign-in of somebody who may see all of it.
async fn device(bench: &Bench, conversations: usize, messages: usize, goals: Goals) -> Result<Vec<Figure>> {
    let server = ServerProcess::start(bench).await?;
    let people = Person::sign_up_all(&server, "person", 2).await?;
    let (reader, writer) = (people.first().context("nobody")?, people.last().context("nobody")?);
    let ids = writer.founds(conversations, &[reader.user]).await?;
    fill(writer, &ids, messages).await?;

    let proxy = CountingProxy::start(server.address).await?;
    let folder = bench.folder()?;
    let options = Options {
        profile_dir: folder.path().to_owned(),
        profile_name: "bench".into(),
        keychain: Arc::new(MemoryKeychain::default()),
        device_name: "a new device".into(),
        platform: "linux".into(),
    };
    let client = Client::open(options, Arc::new(NoHost)).map_err(told)?;
    until(&client, async || Ok(client.phase() != Phase::Starting)).await?;
    client.connect(&format!("http://{}", proxy.address())).await.map_err(told)?;
    client.sign_in(&reader.username, Zeroizing::new(PASSWORD.into())).await.map_err(told)?;
    let own = std::process::id();
    let (started, cpu, server_cpu) = (Instant::now(), cpu_s(own), server.cpu_s());
    let wanted = LISTED.min(conversations);
    until(&client, async || {
        let list = client.list_conversations(Filter::All, ListOrder::Newest, LISTED as u32).await.map_err(told)?;
        Ok(list.iter().filter(|item| item.last.is_some()).count() >= wanted)
    })
    .await?;
    let (list_s, list_bytes) = (started.elapsed().as_secs_f64(), proxy.received());
    until(&client, async || {
        let status = client.boot().await.status;
        let complete = status.backfill.complete == status.backfill.conversations;
        Ok(status.connection == Connection::Live && complete && status.backfill.messages >= messages as u64)
    })
    .await?;
    let full_s = started.elapsed().as_secs_f64();
    let (cpu, server_cpu) = (spent(cpu, cpu_s(own)), spent(server_cpu, server.cpu_s()));
    let full_bytes = proxy.received();
    client.shutdown().await;
    server.stop().await?;

    let limit = messages as f64 / bench.limits.indexed_rows_s;
    let size = format!("{conversations} conversations, {messages} messages");
    Ok(vec![
        Figure::lower(format!("list, {size}"), list_s, "s").limit("two loopbacks", 2.0 * bench.limits.loopback_ms / 1e3).goal(goals.list_s),
        Figure::lower("received until then", list_bytes as f64 / 1e3, "kB"),
        Figure::lower(format!("everything, {size}"), full_s, "s").cpu(cpu).limit("plain indexed insert", limit).goal(goals.full_s),
        Figure::lower("received in all", full_bytes as f64 / 1e6, "MB").limit("the texts", messages as f64 * 1e-4).goal(goals.full_mb),
        Figure::lower("server CPU for it", server_cpu.unwrap_or_default(), "s"),
    ])
}

/// Looks again at each update until it holds.
async fn until(client: &Client, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let mut updates = client.updates();
    while !holds().await? {
        match tokio::time::timeout(PATIENCE, updates.recv()).await {
            Err(_) => bail!("the client stands still: {:?}", client.boot().await.status),
            Ok(Err(tokio::sync::broadcast::error::RecvError::Closed)) => bail!("the client has ended"),
            // Lagging means that there was news.
            Ok(_) => {}
        }
    }
    Ok(())
}

fn told(problem: Problem) -> anyhow::Error {
    anyhow!("{problem}")
}
