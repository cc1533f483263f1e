use crate::{
    Bench, Figure,
    figure::percentile,
    process::spent,
    windows::{self, Frame, Scroller, cpu_s, frame_figures},
};
use anyhow::{Context as _, Result, ensure};
use hearth_e2e::{Desktop, Turn};

/// Turns of the wheel between two looks at how far it is: some seconds of scrolling.
const NOTCHES: u32 = 400;
/// So little that no page comes, from the end of a conversation.
const NOTCHES_FIRST: u32 = 6;

/// One conversation, opened at its end and scrolled back.
pub async fn run(bench: &Bench) -> Result<Vec<Figure>> {
    let desktop = Desktop::start("bench-scroll").await?;
    let outcome = scroll(bench, &desktop).await;
    windows::seen(&desktop, outcome).await
}

async fn scroll(bench: &Bench, desktop: &Desktop) -> Result<Vec<Figure>> {
    let messages = bench.scale.of(2_000, 100_000, 1_000_000);
    let wanted = bench.scale.of(2, 100, 400);
    let (_folder, profile) = windows::profile(bench)?;
    let mut reader = windows::reader(bench, desktop, &profile, messages, 1).await?;
    let window = reader.window()?;
    window.click("conversation-row").await?;
    window.wait("message").await?;
    let scroller = Scroller::of(desktop, window, "[data-testid=\"timeline\"]").await?;

    // The end excuses what moves there: first away from it.
    scroller.turns(Turn::Up, NOTCHES_FIRST).await?;
    let scale = windows::scale(&scroller.turns(Turn::Up, NOTCHES_FIRST).await?).context("the wheel moves nothing")?;
    let before = cpu_s(&reader)?;
    let mut seen = Seen::default();
    let mut came = scroller.prepends().await?;
    let first = came;
    while came - first < wanted {
        seen.adds(&scroller.turns(Turn::Up, NOTCHES).await?, scale);
        let now = scroller.prepends().await?;
        ensure!(now > came, "no older page came after {} of {wanted}", came - first);
        came = now;
    }
    let cpu = spent(before, cpu_s(&reader)?);
    scroller.ends().await?;
    reader.app_ends().await?;
    let mut figures = frame_figures(&format!("a scroll through {messages}"), &seen.intervals, cpu);
    figures.push(Figure::lower(format!("jumps in {} prepends", came - first), seen.jumps as f64, "jumps").goal(0.0));
    figures.push(Figure::lower("out of place after a scroll, the worst", percentile(seen.drifts, 1.0), "px"));
    Ok(figures)
}

#[derive(Default)]
struct Seen {
    /// Of frames, in ms.
    intervals: Vec<f64>,
    jumps: usize,
    /// In pixels, of each time that the wheel came to rest.
    drifts: Vec<f64>,
}

impl Seen {
    fn adds(&mut self, frames: &[Frame], scale: f64) {
        self.intervals.extend(windows::intervals(frames));
        self.jumps += windows::jumps(frames, scale);
        self.drifts.extend(windows::drift(frames, scale));
    }
}
