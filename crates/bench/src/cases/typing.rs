use super::library::SCRIPTS;
use crate::{
    Bench, Figure,
    cases::library::BEGAN_AT,
    figure::{median, percentile},
    limits::ms,
};
use anyhow::Result;
use hearth_replica::{LocalTime, Query, SearchOrder};
use std::time::Instant;

/// What somebody types besides the words of other scripts: a common word, two, a phrase, a rare word, none.
pub const LATIN: [&str; 5] = ["coffee", "weather mountain", "\"coffee tomorrow\"", "galbersin", "absent"];

/// A search for each key that is pressed, as the window asks.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let replica = bench.library().await?.open().await?;
    let (mut all, mut figures) = (vec![], vec![]);
    for wanted in queries() {
        let mut measured = Vec::new();
        for _ in 0..bench.scale.of(1, 5, 11) {
            for typed in keys(wanted) {
                let started = Instant::now();
                replica.search(&Query::parse(&typed, &LocalTime::utc(BEGAN_AT)), SearchOrder::Newest, None, 50).await?;
                measured.push(ms(started));
            }
        }
        all.extend(measured.iter().copied());
        figures.push(figure(bench, format!("a key of {wanted}, p95"), percentile(measured, 0.95)));
    }
    replica.close().await;
    figures.push(figure(bench, "any key, p50".into(), median(all.iter().copied())));
    figures.push(figure(bench, "any key, p95".into(), percentile(all.iter().copied(), 0.95)));
    figures.push(figure(bench, "any key, the slowest".into(), percentile(all, 1.0)));
    Ok(figures)
}

pub fn queries() -> impl Iterator<Item = &'static str> {
    LATIN.into_iter().chain(SCRIPTS)
}

/// What is in the field after each key. Spaces at the end change nothing and are left out, as is a quotation mark alone.
pub fn keys(wanted: &str) -> Vec<String> {
    let ends = wanted.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let typed = ends.filter_map(|end| wanted.get(..end));
    typed.filter(|typed| !typed.ends_with(' ') && *typed != "\"").map(str::to_owned).collect()
}

fn figure(bench: &Bench, name: String, value: f64) -> Figure {
    Figure::lower(name, value, "ms").limit("plain search of 50", bench.limits.search_ms).goal(30.0)
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn every_key_is_a_search_of_its_own() {
        assert_eq!(keys("a bc"), ["a", "a b", "a bc"]);
        assert_eq!(keys("\"a\""), ["\"a", "\"a\""]);
        assert_eq!(keys("東京"), ["東", "東京"]);
    }
}
