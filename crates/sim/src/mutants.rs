//! Rules switched off, one at a time: for each the seed that finds it out.

use crate::{
    run::{Found, run, run_many},
    template::Template,
    world::Script,
};
use hearth_protocol::rule::Rule;
use std::fmt::Write as _;

/// Rules whose loss no seed has shown yet, and why.
pub const NOT_YET: &[(Rule, &str)] = &[
    (Rule::WholeCommits, "a page would have to end inside a commit that takes in several people: not met in 300 seeds"),
    (Rule::KeepNewer, "a frame would have to outrun the copy that replaces an older one: not met in 300 seeds"),
];

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
        let not_yet = NOT_YET.iter().any(|(not_yet, _)| not_yet == rule);
        let seeds = if not_yet { 0 } else { seeds };
        let by = noticed(*rule, from, seeds, template);
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
         Written by `cargo xtask sim --mutants`; the step `sim` of `cargo xtask test` runs each seed again. A rule without a seed\n\
         has the reason beside it.\n\n\
         | rule | seed | check | what it says |\n|---|---|---|---|\n",
    );
    for Caught { rule, by, .. } in caught {
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

/// Runs each rule's seed again, broken and whole. Any change of the product moves what happens in a seed: where the kept one does not
/// notice any more, the next that does is looked for among `seeds` from the first on.
pub fn verify(kept: &[(Rule, u64)], seeds: u64, template: &Template) -> Verified {
    let mut verified = Verified::default();
    for (rule, seed) in kept {
        let script = Script { seed: *seed, actions: None, without: [].into() };
        if let Some(violation) = run(&script, template, None, false).violation {
            verified.wrong.push(format!("seed {seed} fails although every rule holds: {violation}"));
        }
        if run(&script, template, Some(*rule), false).violation.is_some() {
            continue;
        }
        match noticed(*rule, 1, seeds, template) {
            Some(found) => {
                verified.moved.push(format!("{} is noticed by seed {} now, no longer by {seed}", rule.name(), found.script.seed))
            }
            None => verified.wrong.push(format!("nobody among {seeds} seeds notices that {} is broken", rule.name())),
        }
    }
    verified
}

/// A seed that notices the broken rule, and only that.
fn noticed(rule: Rule, from: u64, seeds: u64, template: &Template) -> Option<Found> {
    let (_, found) = run_many(from, seeds, template, Some(rule), 1);
    found.into_iter().find(|found| run(&found.script, template, None, false).violation.is_none())
}
