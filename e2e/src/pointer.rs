//! The display's own pointer and wheel: what they do goes through the X server to the window, as what a hand does.

use crate::{Desktop, Window, within};
use anyhow::{Context as _, Result, bail, ensure};
use std::time::Duration;

/// Between two notches: a wheel that spins freely.
const NOTCH_MS: &str = "10";
/// Longer than a page takes to feel the pointer; one that has not by then has it outside.
const FEELS: Duration = Duration::from_secs(2);
const TRIES: u32 = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Up,
    Down,
}

#[derive(Debug)]
pub struct Pointer<'d> {
    desktop: &'d Desktop,
}

impl<'d> Pointer<'d> {
    pub fn of(desktop: &'d Desktop) -> Self {
        Self { desktop }
    }

    /// Moves to a place of a window's page. How wide the window's frame is only the window manager knows: the page says where it felt the
    /// pointer, and what is missing is made up for.
    pub async fn moves_to(&self, window: &Window, (x, y): (f64, f64)) -> Result<()> {
        let (left, top, width, height) = window.place().await?;
        let (mut across, mut down) = (left + width / 2, top + height / 2);
        for _ in 0..TRIES {
            window.run::<()>(FEEL).await?;
            // From beside it: a pointer that is there already would not be felt.
            self.stands(across - 5, down - 5).await?;
            let beside = within(FEELS, || felt(window)).await?;
            self.stands(across, down).await?;
            // What is felt until then is of the move before.
            let there = within(FEELS, || async { Ok(felt(window).await?.filter(|place| Some(*place) != beside)) }).await?;
            let Some((felt_x, felt_y)) = there else { continue };
            let (off_x, off_y) = ((x - felt_x).round() as i64, (y - felt_y).round() as i64);
            if off_x == 0 && off_y == 0 {
                return Ok(());
            }
            (across, down) = ((across + off_x).max(5), (down + off_y).max(5));
        }
        bail!("the window does not feel the display's pointer at {x}, {y} of its page")
    }

    /// Moves to a place of the display.
    async fn stands(&self, across: i64, down: i64) -> Result<()> {
        self.order(&["mousemove", &across.to_string(), &down.to_string()]).await
    }

    /// Turns the wheel by so many notches.
    pub async fn turns(&self, turn: Turn, notches: u32) -> Result<()> {
        // X has a button for each way the wheel turns.
        let button = match turn {
            Turn::Up => "4",
            Turn::Down => "5",
        };
        self.order(&["click", "--repeat", &notches.to_string(), "--delay", NOTCH_MS, button]).await
    }

    async fn order(&self, arguments: &[&str]) -> Result<()> {
        let done = self.desktop.command("xdotool").args(arguments).status().await.context("xdotool could not be started")?;
        ensure!(done.success(), "xdotool {arguments:?}");
        Ok(())
    }
}

/// Where the page has felt the pointer.
async fn felt(window: &Window) -> Result<Option<(f64, f64)>> {
    window.run("return window.pointerFelt ?? null;").await
}

const FEEL: &str = "if (window.pointerFelt === undefined) {
    window.addEventListener('mousemove', (event) => (window.pointerFelt = [event.clientX, event.clientY]), { capture: true, passive: true });
}
window.pointerFelt = null;";
