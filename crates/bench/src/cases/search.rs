use crate::{
    Bench, Figure,
    cases::library::BEGAN_AT,
    figure::{median, percentile},
    limits::ms,
};
use anyhow::Result;
use hearth_replica::{LocalTime, Query, SearchOrder};
use std::time::Instant;

/// A common word, beginnings of words of one letter and two, a phrase, two words, an unspaced script, a rare word, none.
const QUERIES: [&str; 9] = ["coffee", "c", "co", "\"coffee tomorrow\"", "weather mount", "東京", "galbersin", "kaber", "absent"];
/// Somebody of fifty, a common and a rare word of theirs, one conversation of many, stars of which there are a few, links of which there are
/// none, a day, what is not there, and several of these together.
const FILTERED: [&str; 13] = [
    "from:p7 ",
    "from:p7 coffee",
    "from:p7 galbersin",
    "from:p7 is:starred ",
    "in:p7 ",
    "in:p7 c",
    "is:starred ",
    "is:starred coffee",
    "has:link ",
    "on:2023-11-15 from:p7 ",
    "is:unread ",
    "-coffee -the from:p7 ",
    "from:p7 in:p8 before:2023-11-16 -is:starred weather",
];

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let replica = bench.library().await?.open().await?;
    let mut figures = Vec::new();
    for (queries, order, which) in [
        (&QUERIES[..], SearchOrder::Newest, "search"),
        (&QUERIES[..], SearchOrder::Best, "search best first"),
        (&FILTERED[..], SearchOrder::Newest, "search with filters"),
    ] {
        let mut all = Vec::new();
        for typed in queries {
            let mut measured = Vec::new();
            for _ in 0..bench.scale.of(2, 7, 15) {
                let started = Instant::now();
                replica.search(&Query::parse(typed, &LocalTime::utc(BEGAN_AT)), order, None, 50).await?;
                measured.push(ms(started));
            }
            all.extend(measured.iter().copied());
            figures.push(figure(bench, format!("{which} {typed}"), median(measured)));
        }
        figures.push(figure(bench, format!("{which}, the slowest"), percentile(all, 1.0)));
    }
    replica.close().await;
    Ok(figures)
}

fn figure(bench: &Bench, name: String, value: f64) -> Figure {
    Figure::lower(name, value, "ms").limit("plain search of 50", bench.limits.search_ms).goal(30.0)
}
