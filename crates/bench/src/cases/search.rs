use crate::{
    Bench, Figure,
    figure::{median, percentile},
    limits::ms,
};
use anyhow::Result;
use std::time::Instant;

/// A common word, beginnings of words of one letter and two, a phrase, two words, an unspaced script, a rare word, none.
const QUERIES: [&str; 9] = ["coffee", "c", "co", "\"coffee tomorrow\"", "weather mount", "東京", "galbersin", "kaber", "absent"];

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let replica = bench.library().await?.open().await?;
    let mut figures = Vec::new();
    let mut all = Vec::new();
    for query in QUERIES {
        let mut measured = Vec::new();
        for _ in 0..bench.scale.of(2, 7, 15) {
            let started = Instant::now();
            replica.search(query, None, 50).await?;
            measured.push(ms(started));
        }
        all.extend(measured.iter().copied());
        figures.push(figure(bench, format!("search {query}"), median(measured)));
    }
    figures.push(figure(bench, "search, the slowest".into(), percentile(all, 1.0)));
    replica.close().await;
    Ok(figures)
}

fn figure(bench: &Bench, name: String, value: f64) -> Figure {
    Figure::lower(name, value, "ms").limit("plain search of 50", bench.limits.search_ms).goal(30.0)
}
