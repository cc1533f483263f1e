//! Everything that has to hold before a change lands, step by step, the quick ones first.

use crate::{
    call::{cargo, npm},
    chaos, codegen, setup, sim,
    steps::{Steps, Tally},
    tidy,
};
use anyhow::{Result, bail};
use clap::Args;

#[derive(Args)]
pub struct Options {
    /// Only these steps: setup, page, format, tidy, lint, types, unit, server, sim, chaos, build, windows
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,
}

struct Step {
    key: &'static str,
    name: &'static str,
    take: fn() -> Result<Tally>,
}

const STEPS: &[Step] = &[
    Step { key: "setup", name: "Checking and installing what the tests need", take: || done(setup::prepare(setup::Need::Tests)) },
    Step { key: "format", name: "Formatting", take: || done(cargo(["fmt", "--all", "--check"]).run()) },
    Step { key: "page", name: "The page: types, tests, build", take: page },
    Step { key: "tidy", name: "Tidiness: arrows, sizes, calls, licences", take: || done(tidy::tidy()) },
    Step { key: "lint", name: "Lints (clippy)", take: lint },
    Step { key: "types", name: "Generated types are fresh", take: || done(codegen::check()) },
    Step { key: "unit", name: "Unit and integration tests", take: unit },
    Step { key: "server", name: "The server's tests, on SQLite and PostgreSQL", take: server },
    Step { key: "sim", name: "The simulator: 2,000 seeds, and each rule broken once", take: sim::step },
    Step { key: "chaos", name: "Real faults: kills, power cuts, bad disks, broken networks", take: chaos::step },
    Step { key: "build", name: "Building the app and hearthd", take: build },
    Step { key: "windows", name: "The real windows", take: windows },
];

pub fn test(options: &Options) -> Result<()> {
    let chosen = chosen(options)?;
    let mut steps = Steps::new(chosen.len());
    for step in chosen {
        if let Err(error) = steps.take(step.name, step.take) {
            eprintln!("\n{error:#}");
            println!("{}", steps.summary());
            bail!("{} failed. This step alone: cargo xtask test --only {}", step.name, step.key);
        }
    }
    println!("{}", steps.summary());
    Ok(())
}

fn chosen(options: &Options) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = options.only.iter().find(|key| STEPS.iter().all(|step| step.key != **key)) {
        let known: Vec<_> = STEPS.iter().map(|step| step.key).collect();
        bail!("There is no step {unknown:?}. The steps are {}.", known.join(", "));
    }
    Ok(STEPS.iter().filter(|step| options.only.is_empty() || options.only.iter().any(|key| key == step.key)).collect())
}

fn done(outcome: Result<()>) -> Result<Tally> {
    outcome.map(|()| Tally::default())
}

fn page() -> Result<Tally> {
    setup::prepare_page()?;
    npm(["run", "--silent", "check"]).run()?;
    let tally = npm(["run", "--silent", "test"]).counted()?;
    setup::build_page()?;
    Ok(tally)
}

fn lint() -> Result<Tally> {
    let what = ["--workspace", "--all-targets", "--locked"];
    done(cargo(["clippy", "--quiet"]).args(what).args(["--", "--deny", "warnings"]).run())
}

/// What the unit tests' step selects; whoever wants its builds selects the same. Without the simulator, whose switches would be built
/// into everything beside it.
pub const UNIT: [&str; 8] = ["--workspace", "--exclude", "hearth-server", "--exclude", "hearth-e2e", "--exclude", "hearth-sim", "--locked"];

fn unit() -> Result<Tally> {
    cargo(["test"]).args(UNIT).counted()
}

/// Apart from the rest, so that the server is tested as it is shipped: with the plain SQLite, not with the replica's cipher.
fn server() -> Result<Tally> {
    cargo(["test", "--package", "hearth-server", "--locked"]).counted()
}

fn build() -> Result<Tally> {
    cargo(["build", "--package", "hearth", "--locked"]).run()?;
    done(cargo(["build", "--package", "hearth-server", "--locked"]).run())
}

fn windows() -> Result<Tally> {
    if !cfg!(target_os = "linux") {
        println!("      The real windows are driven on Linux only: skipped here");
        return Ok(Tally::default());
    }
    cargo(["test", "--package", "hearth-e2e", "--locked"])
        .env("HEARTH_E2E_APP", crate::project::program("hearth"))
        .env("HEARTH_E2E_SERVER", crate::project::program("hearthd"))
        .env("HEARTH_E2E_DRIVER", setup::driver())
        .counted()
}
