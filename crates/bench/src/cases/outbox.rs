use crate::{
    Bench, Figure,
    corpus::text,
    figure::{median, percentile},
    limits::ms,
    people,
};
use anyhow::{Context as _, Result};
use fastrand::Rng;
use hearth_protocol::{
    body::Body,
    ids::ConversationId,
    mutation::{Acked, Outcome, Part},
    row::Row,
    rows::MessageRow,
    stream::StreamId,
};
use hearth_replica::{Apply, At, Filter, Item};
use std::time::Instant;

/// A replica of its own size: what waits is written among what is there.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let library = super::library::Library::fill(bench, bench.scale.of(1_000, 20_000, 100_000), 50).await?;
    let replica = library.open().await?;
    let list = replica.conversations(Filter::All, 1).await?;
    let conversation = list.first().context("an empty list")?.id;
    let epoch = replica.epoch().await?.context("a replica without an epoch")?;
    let me = hearth_protocol::ids::UserId::new();
    let page = replica.timeline(conversation, At::End, 1).await?;
    let mut pos = match page.messages.last().map(|message| &message.item) {
        Some(Item::Row(row)) => row.pos,
        _ => 0,
    };
    let mut dice = Rng::with_seed(4);
    let (mut enqueued, mut whole) = (vec![], vec![]);
    for _ in 0..bench.scale.of(5, 200, 500) {
        let mutation = people::mutation(people::message(conversation, text(&mut dice, 100)));
        let started = Instant::now();
        replica.enqueue(&mutation, 1).await?;
        enqueued.push(ms(started));
        let claimed = replica.claim(1, 64).await?;
        pos += 1;
        let row = MessageRow {
            id: claimed.mutations.first().context("nothing to claim")?.id,
            pos,
            sender: me,
            body: Some(Body::text("as it came")),
            created_at: 1_800_000_000_000 + pos as i64,
            edited_at: None,
            revision: 0,
            reply_to: None,
            forwarded: false,
            thread_root: None,
            in_conversation: false,
        };
        replica.apply(acknowledges(conversation, epoch, row)).await?;
        whole.push(ms(started));
    }
    replica.close().await;
    let limit = |figure: Figure| figure.limit("one fsync", bench.limits.fsync_ms);
    Ok(vec![
        limit(Figure::lower("enqueued, durable", median(enqueued.iter().copied()), "ms")),
        limit(Figure::lower("enqueued, p99", percentile(enqueued, 0.99), "ms")),
        limit(Figure::lower("enqueued, claimed, acknowledged", median(whole), "ms")),
    ])
}

fn acknowledges(conversation: ConversationId, epoch: hearth_protocol::ids::Epoch, row: MessageRow) -> Apply {
    let (id, pos) = (row.id, row.pos);
    let stream = StreamId::Conversation(conversation);
    let part = Part { stream, epoch, vis_ver: 1, prev: pos - 1, seq: pos, rows: vec![Row::new(pos, row)] };
    Apply { acked: vec![Acked { id, outcome: Outcome::Applied(vec![part]) }], ..Apply::default() }
}
