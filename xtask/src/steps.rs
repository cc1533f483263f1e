//! A line for each step, its time, and a summary that says what failed.

use anyhow::Result;
use std::{
    ops::AddAssign,
    time::{Duration, Instant},
};

/// Tests that a step reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// What a test runner's closing line says: `test result: ok. 12 passed; 0 failed; …` of Rust's, `Tests  34 passed (34)` of vitest's.
pub fn tally_in(line: &str) -> Tally {
    let plain = without_colour(line);
    let line = plain.trim();
    if !line.starts_with("test result:") && !line.starts_with("Tests ") {
        return Tally::default();
    }
    Tally { passed: number_before(line, "passed"), failed: number_before(line, "failed") }
}

fn number_before(line: &str, word: &str) -> u64 {
    let mut last = None;
    for part in line.split([' ', ';', '|', '(']).filter(|part| !part.is_empty()) {
        if part == word {
            return last.unwrap_or(0);
        }
        last = part.parse().ok();
    }
    0
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// The steps of one command, in order.
pub struct Steps {
    count: usize,
    began: Instant,
    done: Vec<Done>,
}

struct Done {
    name: String,
    took: Duration,
    tally: Tally,
    passed: bool,
}

impl Steps {
    /// `count` is only shown: how many steps the command means to take.
    pub fn new(count: usize) -> Self {
        Self { count, began: Instant::now(), done: Vec::new() }
    }

    /// Announces a step, takes it and notes its time.
    pub fn take(&mut self, name: &str, step: impl FnOnce() -> Result<Tally>) -> Result<()> {
        println!("\n[{}/{}] {name}", self.done.len() + 1, self.count);
        let began = Instant::now();
        let outcome = step();
        let took = began.elapsed();
        let tally = outcome.as_ref().copied().unwrap_or_default();
        self.done.push(Done { name: name.into(), took, tally, passed: outcome.is_ok() });
        println!("      {} in {}", if outcome.is_ok() { "done" } else { "failed" }, seconds(took));
        outcome.map(drop)
    }

    /// The time of each step and what became of it.
    pub fn summary(&self) -> String {
        let width = self.done.iter().map(|done| done.name.chars().count()).max().unwrap_or(0);
        let mut lines = vec![String::new()];
        let mut all = Tally::default();
        for done in &self.done {
            let mark = if done.passed { "ok  " } else { "FAIL" };
            let tests = if done.tally.passed > 0 { format!("  {} tests", done.tally.passed) } else { String::new() };
            lines.push(format!("{mark}  {:width$}  {:>9}{tests}", done.name, seconds(done.took)));
            all += done.tally;
        }
        let left = self.count.saturating_sub(self.done.len());
        if left > 0 {
            lines.push(format!("--    {left} more not run"));
        }
        let failed = self.done.iter().filter(|done| !done.passed).count();
        lines.push(format!(
            "\n{} steps and {} tests passed, {failed} failed, in {}",
            self.done.len() - failed,
            all.passed,
            seconds(self.began.elapsed())
        ));
        lines.join("\n")
    }
}

fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole >= 60 { format!("{} min {:02} s", whole / 60, whole % 60) } else { format!("{:.1} s", time.as_secs_f64()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn counts_what_test_runners_say() {
        let rust = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(tally_in(rust), Tally { passed: 12, failed: 0 });
        let failing = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(tally_in(failing), Tally { passed: 3, failed: 2 });
        let vitest = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m34 passed\u{1b}[39m\u{1b}[22m\u{1b}[90m (34)\u{1b}[39m";
        assert_eq!(tally_in(vitest), Tally { passed: 34, failed: 0 });
        assert_eq!(tally_in("      Tests  1 failed | 33 passed (34)"), Tally { passed: 33, failed: 1 });
        assert_eq!(tally_in("running 12 tests, 3 passed before"), Tally::default());
    }

    #[test]
    fn a_failed_step_shows_in_the_summary() {
        let mut steps = Steps::new(3);
        steps.take("first", || Ok(Tally { passed: 5, failed: 0 })).unwrap();
        assert!(steps.take("second", || anyhow::bail!("broken")).is_err());
        let summary = steps.summary();
        assert!(summary.contains("FAIL  second"), "{summary}");
        assert!(summary.contains("1 more not run"), "{summary}");
        assert!(summary.contains("1 steps and 5 tests passed, 1 failed"), "{summary}");
    }
}
