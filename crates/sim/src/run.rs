//! One seed, from beginning to end; and many of them, on all cores.

use crate::{
    bench::{Bench, stay_on_core},
    coverage::Coverage,
    template::{Template, scratch},
    trace::Trace,
    violation::{Result, Violation},
    world::{Script, Stage, World},
};
use hearth_protocol::rule::{Rule, break_rule};
use std::{
    any::Any,
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Instant,
};

/// What became of a seed.
pub struct Outcome {
    pub violation: Option<Violation>,
    pub coverage: Coverage,
    /// The same for every run of the same script.
    pub trace: u64,
}

/// Runs a script, with one rule broken if asked for. A panic of the product is a violation like any other.
pub fn run(script: &Script, template: &Template, broken: Option<Rule>, shown: bool) -> Outcome {
    break_rule(broken);
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let bench = Bench::here()?;
        bench.runtime.block_on(live(script, template, &bench, shown))
    }));
    break_rule(None);
    match ran {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(violation)) => failed(violation),
        Err(panic) => {
            Bench::forget();
            failed(Violation::new("panic", words(&*panic)))
        }
    }
}

fn failed(violation: Violation) -> Outcome {
    Outcome { violation: Some(violation), coverage: Coverage::default(), trace: 0 }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}

async fn live(script: &Script, template: &Template, bench: &Bench, shown: bool) -> Result<Outcome> {
    let folder = scratch()?;
    let mut world = World::make(script.clone(), Stage { template, bench, folder: folder.path() }, Trace::new(shown)).await?;
    let violation = world.run().await.err();
    let (coverage, trace) = world.end().await;
    Ok(Outcome { violation, coverage, trace: trace.hash() })
}

/// A seed that failed.
#[derive(Clone, Debug)]
pub struct Found {
    pub script: Script,
    pub violation: Violation,
}

/// Seeds one after the other, from `from` on.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub from: u64,
    /// At most so many.
    pub count: u64,
    /// None begins after this moment.
    pub until: Option<Instant>,
}

/// What a range came to.
#[derive(Default)]
pub struct Ran {
    pub coverage: Coverage,
    pub found: Vec<Found>,
    /// Seeds that were run.
    pub count: u64,
}

/// How far a run is, for who waits for it: a long one that is stopped has not been for nothing.
struct Progress {
    began: Instant,
    state: Mutex<ProgressState>,
}

#[derive(Default)]
struct ProgressState {
    next: u64,
    running: BTreeSet<u64>,
    found: usize,
    minutes: u64,
}

impl Progress {
    fn state(&self) -> MutexGuard<'_, ProgressState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next seed's number, counted from 0.
    fn begin(&self) -> u64 {
        let mut state = self.state();
        let n = state.next;
        state.next += 1;
        state.running.insert(n);
        n
    }

    /// Says once a minute what is behind it.
    fn end(&self, n: u64, from: u64, failed: bool) {
        let mut state = self.state();
        state.running.remove(&n);
        state.found += usize::from(failed);
        let minutes = self.began.elapsed().as_secs() / 60;
        if minutes > state.minutes {
            state.minutes = minutes;
            let done = state.running.first().copied().unwrap_or(state.next);
            eprintln!("{minutes} min: seeds {from} to {} done, {} violations", (from + done).saturating_sub(1), state.found);
        }
    }
}

/// Runs seeds on all cores. Ends early once so many have failed; what is counted is then not all of them.
pub fn run_many(range: Range, template: &Template, broken: Option<Rule>, failures_max: usize) -> Ran {
    let progress = Progress { began: Instant::now(), state: Mutex::default() };
    let enough = AtomicBool::new(false);
    let is_late = || range.until.is_some_and(|until| Instant::now() > until);
    let work = || {
        let mut ran = Ran::default();
        while !enough.load(Relaxed) && !is_late() {
            let n = progress.begin();
            if n >= range.count {
                break;
            }
            let script = Script { seed: range.from + n, actions: None, without: [].into() };
            let outcome = run(&script, template, broken, false);
            ran.coverage.add(&outcome.coverage);
            ran.count += 1;
            progress.end(n, range.from, outcome.violation.is_some());
            if let Some(violation) = outcome.violation {
                ran.found.push(Found { script, violation });
                enough.fetch_or(ran.found.len() >= failures_max, Relaxed);
            }
        }
        ran
    };
    let mut all = Ran::default();
    for ran in on_all_cores(work) {
        all.coverage.add(&ran.coverage);
        all.found.extend(ran.found);
        all.count += ran.count;
    }
    all.found.sort_by_key(|found| found.script.seed);
    all
}

/// Does the work on a thread of each core, and gives what came of it.
pub fn on_all_cores<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let work = &work;
        let at = |core| {
            move || {
                stay_on_core(core);
                work()
            }
        };
        let running: Vec<_> = (0..cores).map(|core| scope.spawn(at(core))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}
