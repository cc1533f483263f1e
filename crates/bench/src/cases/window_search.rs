use super::typing;
use crate::{
    Bench, Figure,
    figure::{median, percentile},
    windows,
};
use anyhow::{Context as _, Result};
use hearth_e2e::{Desktop, Key, Window, within};
use std::time::Duration;

/// A key that changes nothing of what is found paints nothing.
const NOTHING_NEW: Duration = Duration::from_millis(1_500);
const FIELD: &str = "search-query";

/// Each key of several queries in the search's own page.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let desktop = Desktop::start("bench-search").await?;
    let outcome = search(bench, &desktop).await;
    windows::seen(&desktop, outcome).await
}

async fn search(bench: &Bench, desktop: &Desktop) -> Result<Vec<Figure>> {
    let (messages, conversations) = bench.scale.of((2_000, 20), (100_000, 200), (1_000_000, 2_000));
    let (_folder, profile) = windows::profile(bench)?;
    let mut reader = windows::reader(bench, desktop, &profile, messages, conversations).await?;
    let window = reader.window()?;
    window.click("open-search").await?;
    window.wait(FIELD).await?;
    window.run::<()>(LISTEN).await?;
    let mut measured = Vec::new();
    for wanted in typing::queries().take(bench.scale.of(3, 20, 20)) {
        measured.extend(types(window, wanted).await?);
    }
    reader.app_ends().await?;
    measured.first().context("no key brought results")?;
    let figure = |name: &str, value: f64| {
        let goal = bench.scale.full_goal(30.0);
        Figure::lower(format!("{name}, {messages} messages"), value, "ms").limit("plain search of 50", bench.limits.search_ms).goal(goal)
    };
    Ok(vec![
        figure("key to results painted, p50", median(measured.iter().copied())),
        figure("the same, p95", percentile(measured.iter().copied(), 0.95)),
        figure("the same, the slowest", percentile(measured, 1.0)),
    ])
}

/// Milliseconds from each key to its results, of those that changed what is shown.
async fn types(window: &Window, wanted: &str) -> Result<Vec<f64>> {
    window.press(FIELD, Key::Control + "a").await?;
    window.press(FIELD, Key::Backspace).await?;
    let mut measured = Vec::new();
    // What emptying the field changed is waited for, and is not of these.
    results(window).await?;
    for letter in wanted.chars() {
        window.press(FIELD, letter.to_string()).await?;
        measured.extend(results(window).await?);
    }
    Ok(measured)
}

/// Keys come no sooner after each other than answers do.
async fn results(window: &Window) -> Result<Option<f64>> {
    within(NOTHING_NEW, || window.run("const { shown } = window.hearthBench; window.hearthBench.shown = null; return shown;")).await
}

/// From the letter in the field until the frame is painted in which other results are shown than before.
const LISTEN: &str = r#"const record = { shown: null };
window.hearthBench = record;
let typed = null;
window.addEventListener('input', () => (typed = performance.now()), true);
const painted = new MessageChannel();
let since = 0;
painted.port1.onmessage = () => (record.shown = performance.now() - since);
const changed = new MutationObserver(() => {
    if (typed === null) return;
    [since, typed] = [typed, null];
    requestAnimationFrame(() => painted.port2.postMessage(null));
});
changed.observe(document.querySelector('#search-results'), { childList: true, subtree: true, characterData: true });"#;
