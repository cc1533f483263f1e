//! Runs seeds: `cargo xtask sim --seeds 500 --from 1`.
#![allow(clippy::print_stdout, reason = "a command line tool talks on standard output")]

use anyhow::{Result, bail};
use clap::Parser;
use hearth_protocol::rule::Rule;
use hearth_sim::{
    acts::PROPOSALS,
    fault::Fault,
    mutants,
    run::{Found, Ran, Range, run, run_many},
    shrink::{options, shrink},
    template::Template,
    world::Script,
};
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

/// Where nobody says how many.
const SEEDS: u64 = 100;

/// So many failures a core are enough to read.
const FAILURES_MAX: usize = 5;

/// A run of so many seeds has met everything, or it tests less than it says.
const SEEDS_FOR_COVERAGE: u64 = 500;

/// So many seeds may it take to notice a broken rule.
const SEEDS_FOR_A_RULE: u64 = 600;

#[derive(Parser)]
#[command(name = "cargo xtask sim", about = "Runs the real engines and the real server under seeded faults")]
struct Options {
    /// How many seeds to run: 100, or with --minutes as many as fit
    #[arg(long)]
    seeds: Option<u64>,
    /// Begins no seed after so long, and says how far it came
    #[arg(long)]
    minutes: Option<u64>,
    /// The first of them
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Breaks this rule: the run should find it out
    #[arg(long, value_name = "RULE")]
    mutant: Option<String>,
    /// Breaks every rule in turn and looks for the seed that notices, among so many from the first on; prints the table
    #[arg(long)]
    mutants: bool,
    /// Runs the seeds of the kept table again
    #[arg(long)]
    verify_mutants: bool,
    /// Prints everything that happens
    #[arg(long)]
    trace: bool,
    /// With fewer things that people do
    #[arg(long)]
    actions: Option<usize>,
    /// Without these kinds of faults
    #[arg(long, value_delimiter = ',', value_name = "FAULT")]
    without: Vec<String>,
}

impl Options {
    fn seeds(&self) -> u64 {
        self.seeds.unwrap_or(if self.minutes.is_some() { u64::MAX - self.from } else { SEEDS })
    }
}

fn main() -> ExitCode {
    match simulate(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn simulate(options: &Options) -> Result<()> {
    let rule = options.mutant.as_deref().map(rule).transpose()?;
    let template = template()?;
    if options.mutants {
        return hunt_mutants(options, &template);
    }
    if options.verify_mutants {
        return verify_mutants(&template);
    }
    if options.seeds == Some(1) {
        return one(options, &template, rule);
    }
    let began = Instant::now();
    let until = options.minutes.map(|minutes| began + Duration::from_secs(60 * minutes));
    let range = Range { from: options.from, count: options.seeds(), until };
    let Ran { coverage, found, count } = run_many(range, &template, rule, FAILURES_MAX);
    let took = began.elapsed().as_secs_f64();
    println!("{}", coverage.report(&mutations()));
    println!(
        "Seeds {} to {}: {} events in {took:.1} s, {:.1} seeds/s, {} violations",
        options.from,
        options.from + count.saturating_sub(1),
        coverage.events,
        count as f64 / took,
        found.len()
    );
    if let Some(first) = found.first() {
        tell(&found, &shrink(first, &template, rule), rule);
        bail!("An invariant did not hold.");
    }
    let missing = coverage.missing(&mutations());
    if count >= SEEDS_FOR_COVERAGE && rule.is_none() && !missing.is_empty() {
        bail!("The run did not meet everything:\n{}", missing.join("\n"));
    }
    Ok(())
}

fn one(options: &Options, template: &Template, rule: Option<Rule>) -> Result<()> {
    let script = Script { seed: options.from, actions: options.actions, without: faults(&options.without)? };
    let outcome = run(&script, template, rule, options.trace);
    println!("Seed {}: {} events, trace {:016x}", script.seed, outcome.coverage.events, outcome.trace);
    match outcome.violation {
        Some(violation) => bail!("{violation}"),
        None => Ok(()),
    }
}

fn hunt_mutants(options: &Options, template: &Template) -> Result<()> {
    let caught = mutants::hunt(options.from, options.seeds(), template, |caught| {
        let by = caught.by.as_ref().map_or("nobody".to_owned(), |found| format!("seed {}: {}", found.script.seed, found.violation));
        eprintln!("{:22} caught by {by}", caught.rule.name());
    });
    print!("{}", mutants::table(&caught));
    Ok(())
}

fn verify_mutants(template: &Template) -> Result<()> {
    let seeds = mutants::read(include_str!("../mutants.md"));
    let verified = mutants::verify(&seeds, SEEDS_FOR_A_RULE, template);
    println!("{} rules broken one by one, {} of them unnoticed", seeds.len(), verified.wrong.len());
    if !verified.moved.is_empty() {
        println!("crates/sim/mutants.md is old (write it with `cargo xtask sim --mutants --seeds {SEEDS_FOR_A_RULE}`):");
        verified.moved.iter().for_each(|line| println!("    {line}"));
    }
    if verified.wrong.is_empty() { Ok(()) } else { bail!("{}", verified.wrong.join("\n")) }
}

fn tell(found: &[Found], smallest: &Found, rule: Option<Rule>) {
    for found in found {
        println!("seed {}: {}\n    cargo xtask sim {}", found.script.seed, found.violation, options(&found.script, rule));
    }
    println!("\nThe smallest of the first:\n    {}\n    cargo xtask sim {} --trace", smallest.violation, options(&smallest.script, rule));
}

fn mutations() -> Vec<&'static str> {
    PROPOSALS.iter().map(|(name, _)| *name).collect()
}

fn rule(name: &str) -> Result<Rule> {
    match Rule::ALL.iter().find(|rule| rule.name() == name) {
        Some(rule) => Ok(*rule),
        None => {
            bail!("There is no rule {name:?}. The rules are {}.", Rule::ALL.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(", "))
        }
    }
}

fn faults(names: &[String]) -> Result<std::collections::BTreeSet<Fault>> {
    let named = |name: &String| Fault::named(name).ok_or_else(|| anyhow::anyhow!("There is no fault {name:?}."));
    names.iter().map(named).collect()
}

fn template() -> Result<Template> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(Template::make()).map_err(|violation| anyhow::anyhow!("{violation}"))
}
