use crate::{Bench, Figure, figure::median, limits::ms};
use anyhow::{Context as _, Result};
use hearth_replica::{At, Filter, Item};
use std::time::Instant;

/// Messages of one page, as the window asks for them.
const PAGE: u32 = 60;

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let library = bench.library().await?;
    let rounds = bench.scale.of(2, 7, 15);
    let (mut opened, mut listed, mut first, mut back) = (vec![], vec![], vec![], vec![]);
    for _ in 0..rounds {
        let started = Instant::now();
        let replica = library.open().await?;
        opened.push(ms(started));
        let listing = Instant::now();
        let list = replica.conversations(Filter::All, 200).await?;
        listed.push(ms(listing));
        let conversation = list.first().context("an empty list")?.id;
        let page = replica.timeline(conversation, At::End, PAGE).await?;
        first.push(ms(started));
        let mut oldest = page;
        for _ in 0..5 {
            let Some(Item::Row(row)) = oldest.messages.first().map(|message| &message.item) else { break };
            let paging = Instant::now();
            oldest = replica.timeline(conversation, At::Before(row.pos), PAGE).await?;
            if !oldest.messages.is_empty() {
                back.push(ms(paging));
            }
        }
        replica.close().await;
    }
    let limit = |figure: Figure| figure.limit("60 rows by an index", bench.limits.page_ms);
    Ok(vec![
        limit(Figure::lower("opened", median(opened), "ms")),
        limit(Figure::lower("list of 200", median(listed), "ms")),
        limit(Figure::lower("open, list and first page", median(first), "ms")),
        limit(Figure::lower("one page back", median(back), "ms").goal(16.7)),
    ])
}
