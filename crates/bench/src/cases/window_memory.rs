use super::catch_up::fill;
use crate::{
    Bench, Figure,
    corpus::text,
    figure::{median, slope},
    people::{Person, message, mutation},
    process,
    server::ServerProcess,
    windows,
};
use anyhow::{Context as _, Result};
use fastrand::Rng;
use hearth_e2e::{self as e2e, Desktop, Key, Pointer, Turn, Window, until};
use hearth_protocol::ids::ConversationId;
use std::time::{Duration, Instant};

/// Messages that others write between two rounds of what the reader does.
const WRITTEN: usize = 20;
const NOTCHES: u32 = 60;
/// Rounds at least, so that the shortest use also does everything once.
const ROUNDS_MIN: usize = 8;
/// Rounds after which everything is searched, and the settings are looked at.
const SEARCH_EVERY: usize = 5;
const SETTINGS_EVERY: usize = 7;
/// Between two readings of the memory.
const APART: Duration = Duration::from_secs(5);

/// Somebody reads, scrolls, writes, searches and looks at the settings, again and again, while others write to them.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let desktop = Desktop::start("bench-memory").await?;
    let outcome = long_use(bench, &desktop).await;
    windows::seen(&desktop, outcome).await
}

async fn long_use(bench: &Bench, desktop: &Desktop) -> Result<Vec<Figure>> {
    let lasts = Duration::from_secs(60 * bench.minutes.unwrap_or_else(|| bench.scale.of(0, 5, 60)));
    let server = ServerProcess::start(bench).await?;
    let account = windows::signs_up(&server).await?;
    let others = Others::meet(bench, &server, &account).await?;
    let (_folder, profile) = windows::profile(bench)?;
    let mut reader = windows::signs_in(desktop, &server, &profile).await?;
    let window = reader.window()?;
    window.wait("conversation-row").await?;
    window.wait_gone("backfill").await?;

    let mut using = Using { reader: &reader, window, pointer: Pointer::of(desktop), dice: Rng::with_seed(9) };
    let began = Instant::now();
    let mut readings = vec![Reading::of(&reader, began)?];
    let mut rounds = 0;
    while rounds < ROUNDS_MIN || began.elapsed() < lasts {
        others.write(rounds).await?;
        using.round(rounds).await?;
        rounds += 1;
        if readings.last().is_none_or(|last| began.elapsed().as_secs_f64() - last.at >= APART.as_secs_f64()) {
            readings.push(Reading::of(&reader, began)?);
        }
    }
    readings.push(Reading::of(&reader, began)?);
    reader.app_ends().await?;
    server.stop().await?;
    figures(&readings, rounds)
}

/// Those who write to the reader.
struct Others {
    writer: Person,
    conversations: Vec<ConversationId>,
}

impl Others {
    async fn meet(bench: &Bench, server: &ServerProcess, reader: &Person) -> Result<Self> {
        let (conversations, messages) = bench.scale.of((10, 500), (100, 10_000), (200, 50_000));
        let writer = Person::signs_up(server, "writer".into()).await?;
        let conversations = writer.founds(conversations, &[reader.user]).await?;
        fill(&writer, &conversations, messages).await?;
        Ok(Self { writer, conversations })
    }

    /// Some messages, to one conversation after another.
    async fn write(&self, round: usize) -> Result<()> {
        let mut dice = Rng::with_seed(round as u64 + 20);
        let places = self.conversations.iter().cycle().skip(round * WRITTEN % self.conversations.len()).take(WRITTEN);
        self.writer.perform(places.map(|id| mutation(message(*id, text(&mut dice, 100)))).collect()).await
    }
}

/// What the reader does.
struct Using<'u> {
    reader: &'u e2e::Person<'u>,
    window: &'u Window,
    pointer: Pointer<'u>,
    dice: Rng,
}

impl Using<'_> {
    async fn round(&mut self, round: usize) -> Result<()> {
        self.opens_some_conversation().await?;
        let (x, y): (f64, f64) = self.window.run(MIDDLE).await?;
        self.pointer.moves_to(self.window, (x, y)).await?;
        self.pointer.turns(Turn::Up, NOTCHES).await?;
        self.pointer.turns(Turn::Down, NOTCHES / 2).await?;
        self.reader.says(&format!("Round {round} of a long day, and still here")).await?;
        if round.is_multiple_of(SEARCH_EVERY) {
            self.reader.finds("coffee", "coffee").await?;
            self.reader.leaves_the_search().await?;
        }
        if round.is_multiple_of(SETTINGS_EVERY) {
            self.window.click("open-settings").await?;
            self.window.wait("settings-page").await?;
            self.window.type_keys(Key::Escape).await?;
            self.window.wait_gone("settings-page").await?;
        }
        Ok(())
    }

    /// One of those that the list shows just now. It may have moved away under the pointer when somebody wrote elsewhere: then another.
    async fn opens_some_conversation(&mut self) -> Result<()> {
        let dice = &mut self.dice;
        let window = self.window;
        let shown: Vec<String> = until("conversations in the list", || async {
            let shown: Vec<String> = window.run(SHOWN).await?;
            Ok((!shown.is_empty()).then_some(shown))
        })
        .await?;
        let wanted = shown.get(dice.usize(..shown.len())).context("no conversation in the list")?;
        window.click_where("conversation-row", "data-id", wanted).await?;
        window.wait_attribute("timeline", "data-conversation", wanted).await?;
        window.wait("message").await.map(drop)
    }
}

const MIDDLE: &str = r#"const box = document.querySelector('[data-testid="timeline"]').getBoundingClientRect();
return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];"#;

/// The upper lines of the list, which nothing covers.
const SHOWN: &str = r#"const list = document.querySelector('.rows-scroll')?.getBoundingClientRect();
if (!list) return [];
return Array.from(document.querySelectorAll('[data-testid="conversation-row"]')).filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top >= list.top && bottom <= list.bottom;
}).map((row) => row.dataset.id);"#;

/// What the system says of the memory at one time, in MiB.
struct Reading {
    /// Seconds since the use began.
    at: f64,
    /// Of the app's own process, shared pages divided among those who share them.
    app: f64,
    /// Of the processes of its pages, the same way.
    pages: f64,
    /// Of all of them, shared pages counted in each.
    resident: f64,
}

impl Reading {
    fn of(reader: &e2e::Person<'_>, began: Instant) -> Result<Self> {
        let own = reader.app_process()?;
        let all = windows::processes(reader)?;
        let pages: Vec<u32> = all.iter().copied().filter(|pid| *pid != own).collect();
        // A process that has just ended has no memory.
        let mib = |read: fn(u32) -> Option<f64>, of: &[u32]| of.iter().filter_map(|pid| read(*pid)).sum::<f64>() / 1024.0;
        Ok(Self {
            at: began.elapsed().as_secs_f64(),
            app: mib(process::memory_kib, &[own]),
            pages: mib(process::memory_kib, &pages),
            resident: mib(process::resident_kib, &all),
        })
    }
}

/// At the start, at the end, and how fast it still grew in the second half, when all that is kept for later is there.
fn figures(readings: &[Reading], rounds: usize) -> Result<Vec<Figure>> {
    let minutes = readings.last().context("the memory was not read")?.at / 60.0;
    type Part = (&'static str, fn(&Reading) -> f64);
    let parts: [Part; 4] = [
        ("app and pages", |reading| reading.app + reading.pages),
        ("app", |reading| reading.app),
        ("pages", |reading| reading.pages),
        ("app and pages, resident", |reading| reading.resident),
    ];
    let mut figures = Vec::new();
    for (what, read) in parts {
        let series: Vec<(f64, f64)> = readings.iter().map(|reading| (reading.at, read(reading))).collect();
        let late = series.get(series.len() / 2..).unwrap_or_default();
        let first = series.first().map_or(0.0, |(_, mib)| *mib);
        let last = median(late.iter().rev().take(5).map(|(_, mib)| *mib));
        let hourly = slope(late) * 3600.0;
        figures.push(Figure::lower(format!("{what}, at the start"), first, "MiB"));
        figures.push(Figure::lower(format!("{what}, still growing at the end"), hourly.max(0.0), "MiB/h"));
        figures.push(Figure::lower(format!("{what}, after {rounds} rounds in {minutes:.0} min"), last, "MiB").series(series));
    }
    Ok(figures)
}
