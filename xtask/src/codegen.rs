//! The page's TypeScript types, generated from the Rust types, committed, and checked to be fresh.

use crate::{call::cargo, project, schema, test};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

#[derive(Args)]
pub struct Options {
    /// Only say whether the committed types are the generated ones
    #[arg(long)]
    check: bool,
}

pub fn codegen(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    let (made, kept) = (generate()?, kept());
    fs::create_dir_all(&kept)?;
    let before = read(&kept)?;
    for name in before.keys().filter(|name| !made.contains_key(*name)) {
        fs::remove_file(kept.join(name))?;
    }
    for (name, text) in &made {
        if before.get(name) != Some(text) {
            fs::write(kept.join(name), text)?;
        }
    }
    println!("{} types are in {}", made.len(), project::shown(&kept));
    schema::write()
}

/// Fails, naming the files, when docs/schema.sql is stale or when the committed types are not what the Rust types generate.
pub fn check() -> Result<()> {
    schema::check()?;
    let (made, kept) = (generate()?, read(&kept())?);
    let stale = differences(&made, &kept);
    if !stale.is_empty() {
        bail!("The page's types are not what the Rust types generate. Run `cargo xtask codegen` and commit it:\n  {}", stale.join("\n  "));
    }
    Ok(())
}

type Files = BTreeMap<PathBuf, String>;

fn differences(made: &Files, kept: &Files) -> Vec<String> {
    let missing = made.iter().filter(|(name, text)| kept.get(*name) != Some(text)).map(|(name, _)| name);
    let left_over = kept.keys().filter(|name| !made.contains_key(*name));
    missing.chain(left_over).map(|name| name.display().to_string()).collect()
}

fn kept() -> PathBuf {
    project::ui().join("src/lib/backend/generated")
}

/// ts-rs writes its files from tests that it derives. The same packages as the unit tests' step: cargo then builds their dependencies once.
fn generate() -> Result<Files> {
    let folder = project::stamps().join("codegen");
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(&folder)?,
    }
    cargo(["test", "--quiet", "--lib"]).args(test::UNIT).arg("export_bindings").env("TS_RS_EXPORT_DIR", &folder).output()?;
    let made = read(&folder)?;
    if made.is_empty() {
        bail!("No types were generated: no test named export_bindings ran in hearth-client");
    }
    Ok(made)
}

fn read(folder: &Path) -> Result<Files> {
    let files = project::files_under(folder, &[])?.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "ts"));
    files
        .map(|file| {
            let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            Ok((file.strip_prefix(folder).unwrap_or(&file).to_path_buf(), text))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_missing_and_left_over_files_are_named() {
        let files = |list: &[(&str, &str)]| list.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect::<Files>();
        let made = files(&[("A.ts", "a"), ("B.ts", "b"), ("C.ts", "c")]);
        let kept = files(&[("A.ts", "a"), ("B.ts", "old"), ("D.ts", "d")]);
        assert_eq!(differences(&made, &kept), ["B.ts", "C.ts", "D.ts"]);
        assert!(differences(&made, &made).is_empty());
    }
}
