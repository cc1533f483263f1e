//! Real processes under real faults, with what they need built.

use crate::{
    call::{Call, cargo},
    project, setup,
    steps::Tally,
};
use anyhow::Result;
use clap::Args;

#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Options {
    /// What it takes: --only NAME,.., --long, --seed S, --list; --help says more
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTION")]
    options: Vec<String>,
}

pub fn chaos(options: &Options) -> Result<()> {
    setup::prepare(setup::Need::Tests)?;
    play(&options.options)
}

/// The step of the test command: the short version of each scenario.
pub fn step() -> Result<Tally> {
    if !cfg!(target_os = "linux") {
        println!("      Faults are played on Linux only: not shown here");
        return Ok(Tally::default());
    }
    // Always the same faults: a test that fails has found something that the change did.
    play(&["--seed", SEED].map(str::to_owned)).map(|()| Tally::default())
}

/// What the step plays.
const SEED: &str = "1";

/// Each package by itself, so that the server is the one that is shipped: with the plain SQLite, not with the replica's cipher.
fn play(options: &[String]) -> Result<()> {
    for package in ["hearth-server", "hearth-chaos"] {
        cargo(["build", "--quiet", "--package", package, "--locked"]).run()?;
    }
    Call::new(project::program("hearth-chaos"), options).env("HEARTH_CHAOS_SERVER", project::program("hearthd")).run()
}
