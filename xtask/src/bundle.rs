//! The package that people install.

use crate::{call::Call, project, setup, steps::Steps, steps::Tally};
use anyhow::{Result, bail};
use clap::Args;

#[derive(Args)]
pub struct Options {
    /// What to make, as Tauri names it: deb, rpm, dmg, msi, nsis
    #[arg(long, value_delimiter = ',', default_value = "deb")]
    kinds: Vec<String>,
}

/// The prebuilt command line of Tauri; building it from source takes longer than the app.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

pub fn bundle(options: &Options) -> Result<()> {
    let mut steps = Steps::new(4);
    let nothing = |()| Tally::default();
    steps.take("Checking what is installed", || setup::prepare(setup::Need::Window).map(nothing))?;
    steps.take("Building the page", || setup::prepare_page().and_then(|()| setup::build_page()).map(nothing))?;
    let tools = project::tools().join("tauri-cli");
    steps.take("Installing Tauri's command line under target/tools", || {
        std::fs::create_dir_all(&tools)?;
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        Call::new(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", ".", TAURI_CLI])
            .in_folder(&tools)
            .run()
            .map(nothing)
    })?;
    steps.take("Building and packing the app (release)", || {
        let script = tools.join("node_modules/@tauri-apps/cli/tauri.js");
        let kinds = options.kinds.join(",");
        Call::new("node", [script.as_os_str(), "build".as_ref(), "--bundles".as_ref(), kinds.as_ref()]).run().map(nothing)
    })?;
    let made = project::files_under(&project::target().join("release/bundle"), &[])?;
    let packages: Vec<_> = made
        .iter()
        .filter(|file| options.kinds.iter().any(|kind| file.extension().is_some_and(|ending| ending == kind.as_str())))
        .collect();
    if packages.is_empty() {
        bail!("Tauri made no package of these kinds: {}", options.kinds.join(", "));
    }
    println!("{}\n", steps.summary());
    for package in packages {
        println!("{}  {:.1} MB", project::shown(package), std::fs::metadata(package)?.len() as f64 / 1e6);
    }
    Ok(())
}
