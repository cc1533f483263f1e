//! Node, npm and Rust: new enough? And tauri-driver, which the project installs for itself.

use crate::{
    call::{Call, cargo},
    project,
};
use anyhow::{Context as _, Result, bail};
use std::{env, ffi::OsString, path::PathBuf, time::Instant};

/// A program that the person has to have, and since when it is good enough.
struct Tool {
    program: &'static str,
    at_least: (u32, u32),
    why: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool { program: "rustc", at_least: (1, 95), why: "Update it with `rustup update stable`." },
    Tool {
        program: "node",
        at_least: (20, 19),
        why: "The page's build needs it. Install it from nodejs.org or with your version manager.",
    },
];

const DRIVER_VERSION: &str = "2.1.0";
const FUZZ_VERSION: &str = "0.13.2";

pub fn check_versions() -> Result<()> {
    TOOLS.iter().try_for_each(check)
}

fn check(tool: &Tool) -> Result<()> {
    let Tool { program, at_least: (major, minor), why } = tool;
    let said = Call::new(program, ["--version"])
        .output()
        .with_context(|| format!("{program} is not there. Hearth needs {program} {major}.{minor} or newer. {why}"))?;
    let Some(found) = version_in(&said) else {
        bail!("`{program} --version` says {:?}, which is no version. Hearth needs {program} {major}.{minor} or newer. {why}", said.trim());
    };
    if found < tool.at_least {
        bail!("{program} is version {}.{}. Hearth needs {major}.{minor} or newer. {why}", found.0, found.1);
    }
    Ok(())
}

/// The first `MAJOR.MINOR` of what a program says about itself.
fn version_in(said: &str) -> Option<(u32, u32)> {
    said.split_whitespace().find_map(|word| {
        let mut parts = word.trim_start_matches('v').split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    })
}

/// Where tauri-driver is.
pub fn driver() -> PathBuf {
    project::tools().join("bin").join(format!("tauri-driver{}", env::consts::EXE_SUFFIX))
}

/// tauri-driver stands between a test and the app's window.
pub fn install_driver() -> Result<()> {
    install("tauri-driver", DRIVER_VERSION)
}

/// cargo-fuzz builds and runs the targets of `cargo xtask fuzz`.
pub fn install_fuzz() -> Result<()> {
    install("cargo-fuzz", FUZZ_VERSION)
}

/// This process's PATH, with the programs that the project installed for itself in front.
pub fn path_with_tools() -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(std::iter::once(project::tools().join("bin")).chain(env::split_paths(&path)))?)
}

/// Builds a program under target/tools, unless it is there already.
fn install(program: &str, version: &str) -> Result<()> {
    let file = project::tools().join("bin").join(format!("{program}{}", env::consts::EXE_SUFFIX));
    let list = std::fs::read_to_string(project::tools().join(".crates.toml")).unwrap_or_default();
    if file.is_file() && list.contains(&format!("{program} {version} ")) {
        return Ok(());
    }
    println!("      Installing {program} {version} under target/tools");
    let began = Instant::now();
    cargo(["install", "--quiet", "--locked", program, "--version", version, "--root"]).arg(project::tools()).output()?;
    println!("      Installed it in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn versions_are_read_and_compared_as_numbers() {
        assert_eq!(version_in("v20.19.1\n"), Some((20, 19)));
        assert_eq!(version_in("rustc 1.95.0 (f2d3ce0bd 2026-03-21)"), Some((1, 95)));
        assert_eq!(version_in("none"), None);
        assert!(version_in("v20.9.0") < Some((20, 19)));
        assert!(version_in("v22.1.0") > Some((20, 19)));
    }

    #[test]
    fn a_tool_that_is_missing_or_old_is_said_plainly() {
        let missing = check(&Tool { program: "hearth-no-such-tool", at_least: (1, 2), why: "Get it." }).unwrap_err().to_string();
        assert!(missing.contains("needs hearth-no-such-tool 1.2 or newer. Get it."), "{missing}");
        let old = check(&Tool { program: "rustc", at_least: (999, 0), why: "Update." }).unwrap_err().to_string();
        assert!(old.contains("Hearth needs 999.0 or newer. Update."), "{old}");
    }
}
