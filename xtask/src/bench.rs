//! The benchmarks, built as people get the product and given their options.

use crate::{
    call::{Call, cargo},
    project, setup,
};
use anyhow::{Result, bail};
use clap::Args;

/// How the names of cases begin that drive the app's real window.
const WINDOW: &str = "window";

#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Options {
    /// What the benchmarks take: --only NAME,.., --scale tiny|small|full, --minutes N, --json PATH; --help lists the cases
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTION")]
    options: Vec<String>,
}

pub fn bench(options: &Options) -> Result<()> {
    cargo(["build", "--quiet", "--release", "--package", "hearth-bench", "--locked"]).run()?;
    let bench = Call::new(project::built("release", "hearth-bench"), &options.options);
    if opens_windows(&options.options) { with_windows(bench)?.run() } else { bench.run() }
}

fn opens_windows(options: &[String]) -> bool {
    options.iter().flat_map(|option| option.trim_start_matches("--only=").split(',')).any(|name| name.starts_with(WINDOW))
}

/// The app is built as people get it as well, and what its window needs where there is no display is installed.
fn with_windows(bench: Call) -> Result<Call> {
    if !cfg!(target_os = "linux") {
        bail!("The real windows are driven on Linux only: --only can name the other cases.");
    }
    setup::prepare(setup::Need::Headless)?;
    setup::prepare_page()?;
    setup::build_page()?;
    cargo(["build", "--quiet", "--release", "--package", "hearth", "--locked"]).run()?;
    // What a program says costs time: only what went wrong is said.
    let app = project::built("release", "hearth");
    Ok(bench.env("HEARTH_E2E_APP", app).env("HEARTH_E2E_DRIVER", setup::driver()).env("HEARTH_E2E_LOG", "warn"))
}

#[cfg(test)]
mod tests {
    use super::opens_windows;

    fn opens(options: &[&str]) -> bool {
        opens_windows(&options.iter().map(|&option| option.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_app_is_built_for_the_cases_that_open_it() {
        assert!(opens(&["--only", "windows"]) && opens(&["--only=apply,window_open"]));
        assert!(!opens(&[]) && !opens(&["--scale", "full", "--only", "apply,search"]));
    }
}
