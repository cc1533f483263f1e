//! The simulator, built optimised and given its options.

use crate::{
    call::{Call, cargo},
    project,
    steps::Tally,
};
use anyhow::Result;
use clap::Args;

/// Its own profile: seeds by the thousand, with every assertion of the product.
const PROFILE: &str = "sim";
/// What the test command runs.
const SEEDS: u64 = 2_000;

#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Options {
    /// What the simulator takes: --seeds N, --from S, --mutant RULE, --mutants, --trace; --help says more
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTION")]
    options: Vec<String>,
}

pub fn sim(options: &Options) -> Result<()> {
    build()?;
    simulator(options.options.iter().map(String::as_str)).run()
}

/// The step of the test command: what the simulator promises of itself, every rule's mutant, and the seeds.
pub fn step() -> Result<Tally> {
    let tally = cargo(["test", "--profile", PROFILE, "--package", "hearth-sim", "--locked"]).counted()?;
    build()?;
    simulator(["--verify-mutants"]).run()?;
    simulator(["--seeds", &SEEDS.to_string(), "--from", "1"]).run()?;
    Ok(tally)
}

fn build() -> Result<()> {
    cargo(["build", "--quiet", "--profile", PROFILE, "--package", "hearth-sim", "--locked"]).run()
}

/// On Linux as a batch: a thread that has woken another goes on until it has to wait, and there is half as much changing of turns.
fn simulator<'a>(options: impl IntoIterator<Item = &'a str>) -> Call {
    let program = project::built(PROFILE, "hearth-sim");
    let call = if cfg!(target_os = "linux") { Call::new("chrt", ["--batch", "0"]).arg(program) } else { Call::new(program, [""; 0]) };
    call.args(options)
}
