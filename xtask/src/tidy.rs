//! Style as a test: which crate may know which, how long files are, what must not be called, which licences come in.

mod arrows;
mod calls;
mod licences;
mod sizes;
mod spdx;

use crate::{call::cargo, project};
use anyhow::{Context as _, Result, bail};
use std::{fs, path::PathBuf};

/// What the checks found. A fault fails, a remark does not.
#[derive(Debug, Default)]
pub struct Findings {
    faults: Vec<String>,
    remarks: Vec<String>,
}

impl Findings {
    fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }

    fn remark(&mut self, what: impl Into<String>) {
        self.remarks.push(what.into());
    }
}

/// A file of ours that the checks read.
pub struct Source {
    /// From the root, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn ending(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Tests may be long and may unwrap.
    fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests")
            || ["_tests.rs", "tests.rs", ".test.ts"].iter().any(|ending| self.path.ends_with(ending))
            || self.path.starts_with("crates/testkit/")
            || self.path.starts_with("e2e/")
    }

    fn is_generated(&self) -> bool {
        self.path.contains("/generated/")
    }
}

/// Where our sources are, and what in there is not ours.
const FOLDERS: &[&str] = &["crates", "e2e", "locales", "src-tauri", "ui", "xtask"];
const SKIPPED: &[&str] = &["node_modules", "dist", "target", "gen", "fixtures"];
const ENDINGS: &[&str] = &["rs", "ts", "svelte", "css", "html", "js", "mjs", "sql", "ftl"];

pub fn tidy() -> Result<()> {
    let mut found = Findings::default();
    let metadata = metadata()?;
    arrows::check(&metadata, &mut found);
    let rules = fs::read_to_string(project::root().join("deny.toml")).context("deny.toml cannot be read")?;
    licences::check(&metadata, &rules, &mut found);
    let lock = project::ui().join("package-lock.json");
    if lock.is_file() {
        licences::check_page(&serde_json::from_str(&fs::read_to_string(lock)?)?, &rules, &mut found);
    }
    let sources = sources()?;
    sizes::check(&sources, &mut found);
    calls::check(&sources, &mut found);
    report(&found, sources.len())
}

fn report(found: &Findings, files: usize) -> Result<()> {
    for remark in &found.remarks {
        println!("      note: {remark}");
    }
    if !found.faults.is_empty() {
        bail!("Not tidy:\n  {}", found.faults.join("\n  "));
    }
    println!("      {files} files, crates and licences are tidy");
    Ok(())
}

fn metadata() -> Result<serde_json::Value> {
    let said = cargo(["metadata", "--format-version", "1", "--locked"]).output()?;
    serde_json::from_str(&said).context("`cargo metadata` wrote something that is not JSON")
}

fn sources() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        for file in project::files_under(&project::root().join(folder), SKIPPED)? {
            if file.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)) {
                sources.push(read(file)?);
            }
        }
    }
    Ok(sources)
}

fn read(file: PathBuf) -> Result<Source> {
    let text = fs::read_to_string(&file).with_context(|| format!("{} is not UTF-8 text", project::shown(&file)))?;
    Ok(Source { path: project::shown(&file), text })
}
