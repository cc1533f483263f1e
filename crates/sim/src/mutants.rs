//! Rules switched off, one at a time: for each the seed that finds it out.

use crate::{
    run::{Found, on_all_cores, run},
    template::Template,
    world::Script,
};
use hearth_protocol::rule::Rule;
use std::{
    fmt::Write as _,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// Rules whose loss no seed has shown yet, and why.
pub const NOT_YET: &[(Rule, &str)] = &[];

/// A rule, and what found out that it was broken.
pub struct Caught {
    pub rule: Rule,
    pub by: Option<Found>,
}

/// Looks for the first seed that notices, for each rule: a rule to a core.
pub fn hunt(from: u64, seeds: u64, template: &Template, told: impl Fn(&Caught) + Sync) -> Vec<Caught> {
    each(Rule::ALL, |rule| {
        let not_yet = NOT_YET.iter().any(|(not_yet, _)| not_yet == rule);
        let by = if not_yet { None } else { noticed(*rule, from, seeds, template) };
        let caught = Caught { rule: *rule, by };
        told(&caught);
        caught
    })
}

/// Does something about each item, on all cores; the answers are in the items' order.
fn each<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = on_all_cores(|| {
        let mut done = vec![];
        loop {
            let n = next.fetch_add(1, Relaxed);
            let Some(item) = items.get(n) else { return done };
            done.push((n, work(item)));
        }
    })
    .into_iter()
    .flatten()
    .collect();
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, done)| done).collect()
}

/// The table that is kept beside this crate.
pub fn table(caught: &[Caught]) -> String {
    let mut out = String::from(
        "# Rules, and the seeds that notice when one is broken\n\n\
         Written by `cargo xtask sim --mutants`; the step `sim` of `cargo xtask test` runs each seed again. A rule without a seed\n\
         has the reason beside it.\n\n\
         | rule | seed | check | what it says |\n|---|---|---|---|\n",
    );
    for Caught { rule, by } in caught {
        let (seed, check) = match by {
            Some(found) => (found.script.seed.to_string(), found.violation.check),
            None => {
                let reason = NOT_YET.iter().find(|(not_yet, _)| not_yet == rule).map_or("-", |(_, reason)| *reason);
                ("-".to_owned(), reason)
            }
        };
        let _ = writeln!(out, "| {} | {seed} | {check} |{} |", rule.name(), rule.text());
    }
    out
}

/// The seeds of a table.
pub fn read(table: &str) -> Vec<(Rule, u64)> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let read = |line: &str| {
        let cells = cells(line);
        let rule = Rule::ALL.iter().find(|rule| Some(rule.name()) == cells.get(1).map(String::as_str))?;
        Some((*rule, cells.get(2)?.parse().ok()?))
    };
    table.lines().filter_map(read).collect()
}

/// What became of the kept seeds.
#[derive(Debug, Default)]
pub struct Verified {
    /// Rules that no seed notices, and seeds that fail by themselves.
    pub wrong: Vec<String>,
    /// Rules that another seed notices now: the table is old, and nothing is lost.
    pub moved: Vec<String>,
}

/// What one kept seed came to.
enum Seen {
    Noticed,
    Wrong(String),
    Moved(String),
}

/// Runs each rule's seed again, broken and whole. Any change of the product moves what happens in a seed: where the kept one does not
/// notice any more, the next that does is looked for among `seeds` from the first on.
pub fn verify(kept: &[(Rule, u64)], seeds: u64, template: &Template) -> Verified {
    let mut verified = Verified::default();
    for seen in each(kept, |(rule, seed)| see(*rule, *seed, seeds, template)) {
        match seen {
            Seen::Noticed => {}
            Seen::Wrong(wrong) => verified.wrong.push(wrong),
            Seen::Moved(moved) => verified.moved.push(moved),
        }
    }
    verified
}

fn see(rule: Rule, seed: u64, seeds: u64, template: &Template) -> Seen {
    if let Some(violation) = run(&script(seed), template, None, false).violation {
        return Seen::Wrong(format!("seed {seed} fails although every rule holds: {violation}"));
    }
    if run(&script(seed), template, Some(rule), false).violation.is_some() {
        return Seen::Noticed;
    }
    match noticed(rule, 1, seeds, template) {
        Some(found) => Seen::Moved(format!("{} is noticed by seed {} now, no longer by {seed}", rule.name(), found.script.seed)),
        None => Seen::Wrong(format!("nobody among {seeds} seeds notices that {} is broken", rule.name())),
    }
}

/// The first seed that notices the broken rule, and only that.
fn noticed(rule: Rule, from: u64, seeds: u64, template: &Template) -> Option<Found> {
    (from..from + seeds).map(script).find_map(|script| {
        let violation = run(&script, template, Some(rule), false).violation?;
        run(&script, template, None, false).violation.is_none().then_some(Found { script, violation })
    })
}

fn script(seed: u64) -> Script {
    Script { seed, actions: None, without: [].into() }
}
