use super::library::Library;
use crate::{Bench, Figure, figure::median};
use anyhow::Result;

pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let messages = bench.scale.of(1_000, 50_000, 100_000);
    let limit = bench.limits.indexed_rows_s;
    let mut rates = Vec::new();
    let mut cpu_s = None;
    for _ in 0..bench.scale.of(1, 3, 3) {
        let library = Library::fill(bench, messages, bench.scale.of(20, 200, 200)).await?;
        rates.push(library.filling.rows_s());
        cpu_s = library.filling.cpu_s;
    }
    let large = &bench.library().await?.filling;
    Ok(vec![
        Figure::higher(format!("rows applied, {messages}"), median(rates), "rows/s")
            .cpu(cpu_s)
            .limit("plain indexed insert", limit)
            .goal(40_000.0),
        Figure::higher(format!("rows applied, {}", large.messages), large.rows_s(), "rows/s")
            .cpu(large.cpu_s)
            .limit("plain indexed insert", limit)
            .goal(40_000.0),
    ])
}
