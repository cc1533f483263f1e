//! The benchmarks, built as people get the product and given their options.

use crate::{
    call::{Call, cargo},
    project,
};
use anyhow::Result;
use clap::Args;

#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Options {
    /// What the benchmarks take: --only NAME,.., --scale tiny|small|full, --json PATH; --help lists the cases
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTION")]
    options: Vec<String>,
}

pub fn bench(options: &Options) -> Result<()> {
    cargo(["build", "--quiet", "--release", "--package", "hearth-bench", "--locked"]).run()?;
    Call::new(project::built("release", "hearth-bench"), &options.options).run()
}
