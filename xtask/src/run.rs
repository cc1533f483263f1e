//! `cargo xtask run`: from a clean clone to an open window.

mod people;
mod sample;
mod stage;

use crate::{
    call::{Call, cargo},
    project, setup,
    steps::{Steps, Tally},
};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct Options {
    /// Opens one signed-in window for each of these people, all on one server inside the first one's app
    #[arg(long, value_delimiter = ',', value_name = "NAMES", conflicts_with = "sample")]
    people: Vec<String>,
    /// Fills the server with years of real conversations first: `chitchat` is the excerpt in this repository, a path is the whole of it
    #[arg(long, value_name = "chitchat|PATH")]
    sample: Option<String>,
    /// Under Xvfb with a scripted conversation, even where there is a display
    #[arg(long)]
    headless: bool,
}

/// Profiles of `run` lie here, away from the person's own.
fn folder() -> PathBuf {
    project::target().join("run")
}

pub fn run(options: &Options) -> Result<()> {
    options.people.iter().try_for_each(|name| legal(name))?;
    let headless = options.headless || !setup::has_display();
    if headless && !cfg!(target_os = "linux") {
        bail!("--headless works on Linux only. Leave it out to open the window here.");
    }
    let sample = options.sample.as_deref().map(sample::Sample::find).transpose()?;
    let mut steps = Steps::new(4 + usize::from(sample.is_some()));
    let nothing = |()| Tally::default();
    let need = if headless { setup::Need::Headless } else { setup::Need::Window };
    steps.take("Checking and installing what Hearth needs", || setup::prepare(need).map(nothing))?;
    steps.take("Building the page", || setup::prepare_page().and_then(|()| setup::build_page()).map(nothing))?;
    steps.take("Building the app (the first time takes minutes)", || build(headless, sample.is_some()).map(nothing))?;
    if let Some(sample) = &sample {
        steps.take(&format!("Importing {}", sample.name()), || sample.import().map(nothing))?;
    }
    let name = if headless { "Playing a conversation on a display of its own" } else { "Hearth is open; closing its windows ends this" };
    steps.take(name, || {
        let done = match (headless, &sample) {
            (true, Some(sample)) => stage::sample(sample),
            (true, None) => stage::people(&options.people),
            (false, Some(sample)) => sample.open(),
            (false, None) if options.people.is_empty() => Call::new(project::program("hearth"), ["--start-server"]).run(),
            (false, None) => people::open(&options.people),
        };
        done.map(nothing)
    })?;
    println!("{}", steps.summary());
    Ok(())
}

fn build(headless: bool, server: bool) -> Result<()> {
    cargo(["build", "--locked", "--package", "hearth"]).run()?;
    if server {
        cargo(["build", "--locked", "--package", "hearth-server"]).run()?;
    }
    if headless {
        cargo(["build", "--locked", "--package", "hearth-e2e", "--bin", "hearth-stage"]).run()?;
    }
    Ok(())
}

/// A person's name becomes a folder's and a username.
fn legal(name: &str) -> Result<()> {
    if name.is_empty() || name.len() > 24 || !name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()) {
        bail!("{name:?} cannot be a person here: use lower-case letters and digits, such as --people alice,bob");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::legal;

    #[test]
    fn people_cannot_leave_their_folder() {
        assert!(legal("alice").is_ok());
        for name in ["", "../bob", "a b", "Bob", "x.y", &"a".repeat(25)] {
            assert!(legal(name).is_err(), "{name}");
        }
    }
}
