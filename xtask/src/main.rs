//! The project's commands, for people and for CI: `cargo xtask run`, `cargo xtask test` and the smaller ones they are made of.
//!
//! Kept light on purpose: it is the first thing that a clean clone builds.
#![allow(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod bench;
mod bundle;
mod call;
mod chaos;
mod codegen;
mod fuzz;
mod project;
mod run;
mod schema;
mod setup;
mod sim;
mod steps;
mod test;
mod tidy;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, runs and tests Hearth")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what is missing, builds the app and starts it (without a display: under Xvfb, with a scripted conversation)
    Run(run::Options),
    /// Runs every check and test, the real windows included
    Test(test::Options),
    /// Runs the simulator: real engines and the real server under seeded faults
    Sim(sim::Options),
    /// Measures how fast it is, each figure beside what this machine could do at best
    Bench(bench::Options),
    /// Kills processes, fails disks, breaks networks: real faults for the real programs
    Chaos(chaos::Options),
    /// Checks the crates' arrows, file sizes, forbidden calls and licences
    Tidy,
    /// Writes the page's TypeScript types from the Rust types, and docs/schema.sql from the migrations
    Codegen(codegen::Options),
    /// Throws any bytes at what reads bytes, for as long as you like
    Fuzz(fuzz::Options),
    /// Builds the package that people install (.deb)
    Bundle(bundle::Options),
}

fn main() -> ExitCode {
    let done = match Xtask::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::test(&options),
        Command::Sim(options) => sim::sim(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Chaos(options) => chaos::chaos(&options),
        Command::Tidy => tidy::tidy(),
        Command::Codegen(options) => codegen::codegen(&options),
        Command::Fuzz(options) => fuzz::fuzz(&options),
        Command::Bundle(options) => bundle::bundle(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
