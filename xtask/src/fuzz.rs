//! Any bytes against what reads them, under libFuzzer.

use crate::{call::cargo, project, setup, steps::Steps, steps::Tally};
use anyhow::{Result, bail};
use clap::Args;
use std::fs;

#[derive(Args)]
pub struct Options {
    /// How long each target runs
    #[arg(long, default_value_t = 10, value_name = "N")]
    minutes: u32,
    /// Only these targets: frame, row, cursor, body, link, query, text
    #[arg(long = "target", value_delimiter = ',', value_name = "NAME")]
    targets: Vec<String>,
}

/// Inputs longer than this find nothing that shorter ones do not.
const INPUT_BYTES_MAX: u32 = 4_096;

pub fn fuzz(options: &Options) -> Result<()> {
    let targets = chosen(options)?;
    let mut steps = Steps::new(targets.len() + 1);
    let nothing = |()| Tally::default();
    steps.take("Installing cargo-fuzz under target/tools", || setup::install_fuzz().map(nothing))?;
    for target in targets {
        let name = format!("{target}, {} min", options.minutes);
        // libFuzzer writes into the first folder and only reads the others.
        let found = project::target().join("fuzz/found").join(&target);
        fs::create_dir_all(&found)?;
        // Instrumentation is a flag of nightly compilers; the stable one has all of it.
        let call = cargo(["fuzz", "run", "--features", "libfuzzer", "--fuzz-dir", "fuzz", "--target-dir", "target/fuzz"])
            .arg(&target)
            .arg(&found)
            .arg(project::root().join("fuzz/corpus").join(&target))
            .arg("--")
            .arg(format!("-max_total_time={}", u64::from(options.minutes) * 60))
            .arg(format!("-max_len={INPUT_BYTES_MAX}"))
            .arg("-print_final_stats=1")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("PATH", setup::path_with_tools()?);
        steps.take(&name, || call.run().map(nothing))?;
    }
    println!("{}", steps.summary());
    println!(
        "What was found is in target/fuzz/found; what broke a promise is in fuzz/artifacts. Keep such inputs in fuzz/corpus, where the tests run them."
    );
    Ok(())
}

fn chosen(options: &Options) -> Result<Vec<String>> {
    let mut known = Vec::new();
    for entry in fs::read_dir(project::root().join("fuzz/targets"))? {
        known.extend(entry?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    known.sort();
    if let Some(unknown) = options.targets.iter().find(|target| !known.contains(target)) {
        bail!("There is no target {unknown:?}. The targets are {}.", known.join(", "));
    }
    Ok(if options.targets.is_empty() { known } else { options.targets.clone() })
}
