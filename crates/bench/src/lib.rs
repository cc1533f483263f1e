//! Benchmarks: each figure beside the physical limit that the same run measured on the same machine, and beside the goal.
//!
//! A case sets up its own world (a replica in a temporary folder, a server in a process of its own, the app's window on a display of its
//! own), measures, and gives figures.
//! Nothing here asserts a time: machines differ, and a shared one differs from minute to minute. What holds still are the ratios.

pub mod cases;
mod corpus;
mod figure;
mod limits;
mod load;
mod people;
mod process;
mod proxy;
mod report;
mod scale;
mod server;
#[cfg(target_os = "linux")]
mod windows;

pub use cases::{CASES, Case, WINDOWS};
pub use figure::Figure;
pub use limits::Limits;
pub use report::Report;
pub use scale::Scale;
pub use server::serve;

use anyhow::{Context as _, Result, bail};
use cases::library::Library;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// One run of the benchmarks.
pub struct Bench {
    pub scale: Scale,
    /// How long the long use lasts, where it is not left to the scale.
    pub minutes: Option<u64>,
    /// This program, which also is the server under test when it is started as `serve`.
    pub program: PathBuf,
    pub limits: Limits,
    folder: PathBuf,
    /// A large replica that several cases read.
    library: OnceCell<Library>,
}

impl Bench {
    /// A folder on the disk that is measured, gone when it is dropped.
    pub fn folder(&self) -> Result<TempDir> {
        tempfile::tempdir_in(&self.folder).context("no folder for the benchmark's data")
    }

    pub(crate) async fn library(&self) -> Result<&Library> {
        self.library.get_or_try_init(|| Library::build(self)).await
    }
}

/// Measures the limits, then runs the cases named in `only` (all that open no windows when it is empty), and tells `said` of each.
///
/// # Errors
/// A case that does not exist, or one that could not do its work; a figure that misses its goal is no error.
pub async fn run(
    scale: Scale,
    minutes: Option<u64>,
    only: &[String],
    program: &Path,
    folder: &Path,
    said: impl Fn(&str),
) -> Result<Report> {
    if let Some(unknown) = only.iter().find(|name| *name != WINDOWS && !CASES.iter().any(|case| case.name == name.as_str())) {
        bail!("there is no case \"{unknown}\"; there are: {}", CASES.map(|case| case.name).join(", "));
    }
    process::raise_open_files();
    // Nothing here is encrypted on its way, but the HTTP client wants to be able to. It may be there from an earlier run.
    let _ = rustls::crypto::ring::default_provider().install_default();
    std::fs::create_dir_all(folder)?;
    said("limits");
    let scratch = tempfile::tempdir_in(folder)?;
    let limits = Limits::measure(scratch.path(), scale).await?;
    let bench = Bench { scale, minutes, program: program.into(), limits, folder: folder.into(), library: OnceCell::new() };
    let mut report = Report::new(scale, bench.limits.clone());
    for case in CASES.iter().filter(|case| case.is_among(only)) {
        said(case.name);
        let figures = (case.run)(&bench).await.with_context(|| format!("the case \"{}\"", case.name))?;
        report.add(case.name, figures);
    }
    Ok(report)
}
