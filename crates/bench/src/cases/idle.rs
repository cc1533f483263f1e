use crate::{Bench, Figure, people::Person, server::ServerProcess};
use anyhow::{Context as _, Result};
use futures::StreamExt as _;

/// One person may have so many open.
const PER_PERSON: usize = 50;

/// Each connection is welcomed, and reads what comes: nothing but heartbeats.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let counts: [usize; 2] = bench.scale.of([10, 60], [250, 1_000], [1_000, 5_000]);
    let server = ServerProcess::start(bench).await?;
    let at_start = server.memory_kib();
    let most = counts.iter().max().copied().unwrap_or_default();
    let people = Person::sign_up_all(&server, "person", most.div_ceil(PER_PERSON)).await?;
    // What signing up took for a moment is not the connections'.
    for person in &people {
        drop(person.connects().await?);
    }
    let empty = server.memory_kib().context("the server's memory cannot be read here")?;
    let mut figures = Vec::new();
    if let Some(kib) = at_start {
        figures.push(Figure::lower("at start", kib / 1024.0, "MiB").goal(15.0));
    }
    let mut readers = tokio::task::JoinSet::new();
    let owner = |at: usize| people.get(at / PER_PERSON).context("nobody for a connection");
    for count in counts {
        for at in readers.len()..count {
            let mut socket = owner(at)?.connects().await?;
            readers.spawn(async move { while let Some(Ok(_)) = socket.next().await {} });
        }
        let now = server.memory_kib().context("the server's memory cannot be read here")?;
        figures.push(Figure::lower(format!("per connection, of {count}"), (now - empty) / count as f64, "KiB").goal(10.0));
    }
    readers.shutdown().await;
    server.stop().await?;
    Ok(figures)
}
