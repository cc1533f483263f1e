//! Rules switched off, one at a time: for each the seed that finds it out.

use crate::{
    run::{Found, run, run_many},
    template::Template,
    world::Script,
};
use hearth_protocol::rule::Rule;
use std::fmt::Write as _;

/// A rule, and what found out that it was broken.
pub struct Caught {
    pub rule: Rule,
    pub by: Option<Found>,
    /// Seeds that were tried.
    pub tried: u64,
}

/// Looks for the first seed that notices, rule by rule.
pub fn hunt(from: u64, seeds: u64, template: &Template, mut told: impl FnMut(&Caught)) -> Vec<Caught> {
    let mut caught = vec![];
    for rule in Rule::ALL {
        let (_, found) = run_many(from, seeds, template, Some(*rule), 1);
        let by = found.into_iter().next();
        let tried = by.as_ref().map_or(seeds, |found| found.script.seed - from + 1);
        let one = Caught { rule: *rule, by, tried };
        told(&one);
        caught.push(one);
    }
    caught
}

/// The table that is kept beside this crate.
pub fn table(caught: &[Caught]) -> String {
    let mut out = String::from(
        "# Rules, and the seeds that notice when one is broken\n\n\
         Written by `cargo xtask sim --mutants`; the step `sim` of `cargo xtask test` runs each seed again. A rule without a seed is one that\n\
         nothing in the product can break yet: CONTRIBUTING.md says what to do about it.\n\n\
         | rule | seed | check | what it says |\n|---|---|---|---|\n",
    );
    for Caught { rule, by, .. } in caught {
        let (seed, check) = match by {
            Some(found) => (found.script.seed.to_string(), found.violation.check),
            None => ("-".to_owned(), "-"),
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

/// Runs each rule's seed again, broken and whole: the rules that it does not tell apart.
pub fn verify(seeds: &[(Rule, u64)], template: &Template) -> Vec<String> {
    let mut wrong = vec![];
    for (rule, seed) in seeds {
        let script = Script { seed: *seed, actions: None, without: [].into() };
        if run(&script, template, Some(*rule), false).violation.is_none() {
            wrong.push(format!("seed {seed} no longer notices that {} is broken", rule.name()));
        }
        if let Some(violation) = run(&script, template, None, false).violation {
            wrong.push(format!("seed {seed} fails although every rule holds: {violation}"));
        }
    }
    wrong
}
