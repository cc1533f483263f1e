use crate::{
    Bench, Figure,
    figure::{median, percentile},
    process,
    windows::{self, FRAME_MS, Scroller, frame_figures},
};
use anyhow::{Context as _, Result, ensure};
use fastrand::Rng;
use hearth_e2e::{Desktop, Key, Turn, Window, until};

const NOTCHES: u32 = 300;
/// A list of thousands has an end after so many turns of the wheel.
const TURNS_MAX: u32 = 40;

/// The list is scrolled to its end, so that all of it is there; then conversations from anywhere in it are opened by a key.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let desktop = Desktop::start("bench-open").await?;
    let outcome = open(bench, &desktop).await;
    windows::seen(&desktop, outcome).await
}

async fn open(bench: &Bench, desktop: &Desktop) -> Result<Vec<Figure>> {
    let (messages, conversations) = bench.scale.of((2_000, 20), (100_000, 400), (1_000_000, 2_000));
    let (_folder, profile) = windows::profile(bench)?;
    let mut reader = windows::reader(bench, desktop, &profile, messages, conversations).await?;
    let memory_kib: f64 = windows::processes(&reader)?.into_iter().filter_map(process::memory_kib).sum();
    let window = reader.window()?;

    let scroller = Scroller::of(desktop, window, ".rows-scroll").await?;
    let (mut frames, mut turns) = (vec![], 0);
    while turns == 0 || !scroller.is_at_its_end().await? {
        ensure!(turns < TURNS_MAX, "the list has no end");
        frames.extend(windows::intervals(&scroller.turns(Turn::Down, NOTCHES).await?));
        turns += 1;
    }
    scroller.ends().await?;

    let opened = opens(bench, window).await?;
    reader.app_ends().await?;
    let memory = Figure::lower(format!("memory after start with {messages}, app and page"), memory_kib / 1024.0, "MiB");
    let mut figures = vec![memory.goal(bench.scale.full_goal(200.0))];
    figures.extend(frame_figures(&format!("the list of {conversations}"), &frames, None));
    let limit = |figure: Figure| figure.limit("60 rows by an index, and a frame", bench.limits.page_ms + FRAME_MS);
    figures.push(limit(Figure::lower(format!("one of {conversations} opened, p50"), median(opened.iter().copied()), "ms")));
    figures.push(limit(Figure::lower("the same, p95", percentile(opened.iter().copied(), 0.95), "ms")));
    figures.push(limit(Figure::lower("the same, the slowest", percentile(opened, 1.0), "ms")));
    Ok(figures)
}

/// Milliseconds from the key press to the painted messages, of conversations anywhere in the list.
async fn opens(bench: &Bench, window: &Window) -> Result<Vec<f64>> {
    window.run::<()>(LISTEN).await?;
    let mut dice = Rng::with_seed(8);
    let mut opened = Vec::new();
    for _ in 0..bench.scale.of(4, 60, 200) {
        let place = dice.usize(..1_000) as f64 / 1_000.0;
        window.run::<()>(&SCROLL.replace("PLACE", &place.to_string())).await?;
        let wanted: String = until("a line of the list that takes the focus", || window.run(FOCUS)).await?;
        window.type_keys(Key::Enter).await?;
        let (id, took): (String, f64) = until("the conversation is painted", || window.run(OPENED)).await?;
        ensure!(id == wanted, "another conversation was opened");
        opened.push(took);
    }
    opened.first().context("nothing was opened")?;
    Ok(opened)
}

/// From the key press until the frame is painted in which the conversation has its messages.
const LISTEN: &str = r#"const record = { opened: null };
window.hearthBench = record;
window.addEventListener('keydown', (event) => {
    const wanted = document.activeElement?.dataset.id;
    if (event.key !== 'Enter' || !wanted) return;
    const pressed = performance.now();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => (record.opened = [wanted, performance.now() - pressed]);
    const look = () => {
        const timeline = document.querySelector('[data-testid="timeline"]');
        if (timeline?.dataset.conversation !== wanted || !timeline.querySelector('[data-testid="message"]')) requestAnimationFrame(look);
        else painted.port2.postMessage(null);
    };
    requestAnimationFrame(look);
}, true);"#;

const SCROLL: &str = "window.hearthBench.opened = null;
const list = document.querySelector('.rows-scroll');
list.scrollTop = PLACE * (list.scrollHeight - list.clientHeight);";

/// The line in the middle of the list once it is drawn there and has the focus; one that is open already is passed over.
const FOCUS: &str = r#"const list = document.querySelector('.rows-scroll').getBoundingClientRect();
const shown = Array.from(document.querySelectorAll('[data-testid="conversation-row"]')).filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top >= list.top && bottom <= list.bottom && row.getAttribute('aria-current') !== 'true';
});
const row = shown[Math.floor(shown.length / 2)];
row?.focus();
return row && document.activeElement === row ? row.dataset.id : null;"#;

const OPENED: &str = "return window.hearthBench.opened;";
