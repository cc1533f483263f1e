//! The command line: which scenarios, how long, and what became of them.

use anyhow::{Result, bail};
use clap::Parser;
use hearth_chaos::{
    Stage,
    scenarios::{Outcome, SCENARIOS, Scenario},
    stage::Programs,
};
use std::{
    process::ExitCode,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

#[derive(Parser)]
#[command(name = "cargo xtask chaos", about = "Real processes under real faults")]
struct Options {
    /// Only these scenarios; --list names them
    #[arg(long, value_delimiter = ',', value_name = "SCENARIO")]
    only: Vec<String>,
    /// What a night is for: hundreds of kills instead of a few
    #[arg(long)]
    long: bool,
    /// Hits the same places as an earlier run
    #[arg(long)]
    seed: Option<u64>,
    /// Names the scenarios
    #[arg(long)]
    list: bool,
}

pub fn main() -> ExitCode {
    match play(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn play(options: &Options) -> Result<()> {
    if options.list {
        SCENARIOS.iter().for_each(|scenario| println!("{:12} {}", scenario.name, scenario.what));
        return Ok(());
    }
    let chosen = chosen(&options.only)?;
    let seed = options.seed.unwrap_or_else(now_ms);
    let tools = tempfile::Builder::new().prefix("hearth-chaos-shim-").tempdir()?;
    let programs = Programs::find(tools.path())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (began, mut shown) = (Instant::now(), 0);
    for scenario in &chosen {
        let stage = Stage::new(programs.clone(), seed, options.long)?;
        shown += u32::from(runtime.block_on(one(scenario, stage, seed))?);
    }
    println!("{shown} of {} scenarios passed in {:.0} s, seed {seed}", chosen.len(), began.elapsed().as_secs_f64());
    Ok(())
}

/// True when it was shown here.
async fn one(scenario: &Scenario, mut stage: Stage, seed: u64) -> Result<bool> {
    println!("  {:12} {}", scenario.name, scenario.what);
    let began = Instant::now();
    let outcome = (scenario.play)(&mut stage).await;
    let took = began.elapsed().as_secs_f64();
    match outcome {
        Ok(Outcome::Passed(counts)) => {
            println!("      ok in {took:.1} s: {counts}");
            Ok(true)
        }
        Ok(Outcome::NotShown(why)) => {
            println!("      not shown here: {why}");
            Ok(false)
        }
        Err(error) => {
            let long = if stage.long { " --long" } else { "" };
            let name = scenario.name;
            let kept = stage.keep();
            bail!(
                "{name} failed after {took:.1} s: {error:#}\nThe files are in {}. Again: cargo xtask chaos --only {name} --seed {seed}{long}",
                kept.display()
            );
        }
    }
}

fn chosen(only: &[String]) -> Result<Vec<&'static Scenario>> {
    if let Some(unknown) = only.iter().find(|name| SCENARIOS.iter().all(|scenario| scenario.name != **name)) {
        let known: Vec<_> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
        bail!("There is no scenario {unknown:?}. They are {}.", known.join(", "));
    }
    Ok(SCENARIOS.iter().filter(|scenario| only.is_empty() || only.iter().any(|name| name == scenario.name)).collect())
}

fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| u64::try_from(since.as_millis()).unwrap_or(1))
}
