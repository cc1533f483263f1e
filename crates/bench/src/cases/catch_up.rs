use super::library::key;
use crate::{
    Bench, Figure,
    corpus::text,
    figure::median,
    limits::ms,
    people::{Person, message, mutation},
    process::{cpu_s, spent},
    server::ServerProcess,
};
use anyhow::{Context as _, Result};
use fastrand::Rng;
use futures::StreamExt as _;
use hearth_protocol::{
    ids::ConversationId,
    limits::ROWS_PER_PAGE_MAX,
    stream::StreamId,
    sync::{From, HeadsRequest, HeadsResponse, Page, PullRequest, PullResponse, Want},
};
use hearth_replica::{Apply, Replica};
use std::time::Instant;

const CONVERSATIONS: usize = 50;
/// The list that a new device asks for first.
const LISTED: usize = 200;

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let messages = bench.scale.of(500, 10_000, 10_000);
    let server = ServerProcess::start(bench).await?;
    let people = Person::sign_up_all(&server, "person", 2).await?;
    let (reader, writer) = (people.first().context("nobody")?, people.last().context("nobody")?);
    let conversations = writer.founds(LISTED, &[reader.user]).await?;
    let begins: Vec<_> = conversations.iter().map(|id| mutation(message(*id, "It begins".into()))).collect();
    writer.perform(begins).await?;
    let mut figures = list(bench, reader).await?;

    // Here the reader goes offline.
    let heads: HeadsResponse = reader.post("/v1/sync/heads", &HeadsRequest::default()).await?;
    let wants = wants(&heads, conversations.get(..CONVERSATIONS).unwrap_or_default());
    fill(writer, conversations.get(..CONVERSATIONS).unwrap_or_default(), messages).await?;
    let text_bytes = messages as f64 * 100.0;
    for encoding in ["identity", "gzip", "zstd"] {
        let mut measured = Vec::new();
        let mut pulled = Pulled::default();
        let before = server.cpu_s();
        for _ in 0..bench.scale.of(1, 5, 5) {
            let started = Instant::now();
            pulled = pull(reader, wants.clone(), encoding).await?;
            measured.push(ms(started) / 1e3);
        }
        let cpu = spent(before, server.cpu_s()).map(|cpu| cpu / measured.len() as f64);
        anyhow::ensure!(pulled.rows == messages, "{} of {messages} messages were pulled", pulled.rows);
        let travel = bench.limits.loopback_ms / 1e3 + pulled.plain as f64 / bench.limits.loopback_bytes_s;
        let figure = Figure::lower(format!("{messages} pulled, {encoding}"), median(measured), "s");
        figures.push(figure.cpu(cpu).limit("loopback of the bytes", travel).goal(bench.scale.full_goal(0.08)));
        let figure = Figure::lower(format!("their bytes, {encoding}"), pulled.bytes as f64 / 1e6, "MB");
        figures.push(figure.limit("the texts", text_bytes / 1e6).goal(bench.scale.full_goal(0.6)));
    }
    figures.push(stored(bench, reader, &heads, wants, messages).await?);
    server.stop().await?;
    Ok(figures)
}

/// Heads with last messages, and who they are: what a new device's list takes.
async fn list(bench: &Bench, reader: &Person) -> Result<Vec<Figure>> {
    let (mut measured, mut bytes) = (vec![], 0);
    let user = Want { stream: StreamId::User(reader.user), from: From::Tail { messages: 0 } };
    let names = PullRequest { epoch: reader.epoch, wants: vec![user], limit: ROWS_PER_PAGE_MAX };
    for _ in 0..bench.scale.of(1, 11, 21) {
        let started = Instant::now();
        let heads = reader.post_encoded("/v1/sync/heads", &HeadsRequest::default(), "zstd, gzip").await?;
        let rows = reader.post_encoded("/v1/sync/pull", &names, "zstd, gzip").await?;
        heads.parse::<HeadsResponse>()?;
        rows.parse::<PullResponse>()?;
        measured.push(ms(started) / 1e3);
        bytes = heads.bytes.len() + rows.bytes.len();
    }
    Ok(vec![
        Figure::lower(format!("list of {LISTED} with last messages"), median(measured), "s")
            .limit("two loopbacks", 2.0 * bench.limits.loopback_ms / 1e3)
            .goal(0.02),
        Figure::lower("its bytes", bytes as f64 / 1e3, "kB").goal(40.0),
    ])
}

fn wants(heads: &HeadsResponse, conversations: &[ConversationId]) -> Vec<Want> {
    let of = |id: &ConversationId| heads.heads.iter().find(|head| head.stream == StreamId::Conversation(*id));
    let want =
        |head: &hearth_protocol::sync::Head| Want { stream: head.stream, from: From::Cursor { seq: head.head, vis_ver: head.vis_ver } };
    conversations.iter().filter_map(of).map(want).collect()
}

/// Writes messages by turns into the conversations.
pub async fn fill(writer: &Person, conversations: &[ConversationId], messages: usize) -> Result<()> {
    let mut dice = Rng::with_seed(5);
    let all = conversations.iter().cycle().take(messages).map(|id| mutation(message(*id, text(&mut dice, 100))));
    let batches = all.collect::<Vec<_>>();
    // As many requests at once as one person may have in the server's queue.
    let mut each = futures::stream::iter(batches.chunks(100).map(|batch| writer.perform(batch.to_vec()))).buffer_unordered(8);
    while let Some(done) = each.next().await {
        done?;
    }
    Ok(())
}

#[derive(Default)]
struct Pulled {
    rows: usize,
    /// Bytes of the answers as they came, and unpacked.
    bytes: usize,
    plain: usize,
    pages: Vec<Page>,
}

/// Asks until nothing is missing, a page after another, as the engine does.
async fn pull(reader: &Person, mut wants: Vec<Want>, encoding: &str) -> Result<Pulled> {
    let mut pulled = Pulled::default();
    while !wants.is_empty() {
        let request = PullRequest { epoch: reader.epoch, wants: wants.clone(), limit: ROWS_PER_PAGE_MAX };
        let answer = reader.post_encoded("/v1/sync/pull", &request, encoding).await?;
        let response: PullResponse = answer.parse()?;
        pulled.bytes += answer.bytes.len();
        for page in response.pages {
            let Page::Changes { part, head } = &page else { anyhow::bail!("not changes but {page:?}") };
            let want = wants.iter().position(|want| want.stream == part.stream).context("a page that nobody asked for")?;
            if part.seq >= *head {
                wants.remove(want);
            } else if let Some(want) = wants.get_mut(want) {
                want.from = From::Cursor { seq: part.seq, vis_ver: part.vis_ver };
            }
            pulled.rows += part.rows.len();
            pulled.pages.push(page);
        }
    }
    pulled.plain = serde_json::to_vec(&pulled.pages)?.len();
    Ok(pulled)
}

/// The same, into a replica: encrypted and indexed.
async fn stored(bench: &Bench, reader: &Person, heads: &HeadsResponse, wants: Vec<Want>, messages: usize) -> Result<Figure> {
    let folder = bench.folder()?;
    let replica = Replica::open(&folder.path().join("replica.db"), &key()).await?;
    replica.apply(Apply { heads: Some(heads.clone()), ..Apply::default() }).await?;
    let before = cpu_s(std::process::id());
    let started = Instant::now();
    let pulled = pull(reader, wants, "zstd, gzip").await?;
    let mut parts = Vec::new();
    for page in pulled.pages {
        if let Page::Changes { part, .. } = page {
            parts.push(part);
        }
        if parts.iter().map(|part| part.rows.len()).sum::<usize>() >= 1_000 {
            replica.apply(Apply { parts: std::mem::take(&mut parts), ..Apply::default() }).await?;
        }
    }
    replica.apply(Apply { parts, ..Apply::default() }).await?;
    let seconds = started.elapsed().as_secs_f64();
    let cpu = spent(before, cpu_s(std::process::id()));
    replica.close().await;
    let limit = messages as f64 / bench.limits.indexed_rows_s;
    Ok(Figure::lower(format!("{messages} pulled and stored"), seconds, "s").cpu(cpu).limit("plain indexed insert", limit))
}
