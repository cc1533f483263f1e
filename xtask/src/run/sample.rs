//! A server filled with years of real conversations, and the app of one of those people as a new device.

use crate::{call::Call, project};
use anyhow::{Context as _, Result, bail};
use std::{fs, path::PathBuf};

/// The excerpt that is committed with the project.
const EXCERPT: &str = "crates/server/fixtures/chitchat-300.json.gz";
/// Everybody's in a sample; it guards nothing.
pub const PASSWORD: &str = "hearth sample 1";

/// A corpus and where its server lies.
pub struct Sample {
    name: String,
    corpus: PathBuf,
}

impl Sample {
    /// `chitchat` is the excerpt; anything else is a path to a corpus of the same form.
    pub fn find(which: &str) -> Result<Self> {
        let corpus = if which == "chitchat" { project::root().join(EXCERPT) } else { std::path::absolute(which)? };
        if !corpus.is_file() {
            bail!("There is no corpus at {}. Give a path to one, or `chitchat` for the excerpt.", corpus.display());
        }
        let stem = corpus.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = stem.split('.').next().unwrap_or("sample").to_owned();
        Ok(Self { name, corpus })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The profile of the app that opens it; the server's data is inside.
    pub fn folder(&self) -> PathBuf {
        super::folder().join("sample").join(&self.name)
    }

    fn note(&self) -> PathBuf {
        self.folder().join("imported.txt")
    }

    /// Imports it into the embedded server's data, once: importing again changes nothing.
    pub fn import(&self) -> Result<()> {
        if self.person().is_ok() {
            return Ok(());
        }
        let data = self.folder().join("server");
        fs::create_dir_all(&data)?;
        let said = Call::new(project::program("hearthd"), ["import", "--format", "chitchat", "--data"])
            .arg(&data)
            .arg(&self.corpus)
            .env("HEARTH_IMPORT_PASSWORD", PASSWORD)
            .output_shown()?;
        print!("{}", said.lines().map(|line| format!("      {line}\n")).collect::<String>());
        fs::write(self.note(), &said)?;
        self.person().map(drop)
    }

    /// The username of the one with the most conversations, as the import said.
    pub fn person(&self) -> Result<String> {
        let said = fs::read_to_string(self.note())?;
        most_talkative(&said).context("the import did not say who has the most conversations")
    }

    pub fn open(&self) -> Result<()> {
        let person = self.person()?;
        println!("      Signing in as {person} (everybody's password in a sample: {PASSWORD})");
        Call::new(project::program("hearth"), ["--start-server", "--auto-sign-in", &person, "--profile", "run-sample", "--profile-dir"])
            .arg(self.folder())
            .env("HEARTH_AUTO_PASSWORD", PASSWORD)
            .run()
    }
}

/// The import names people on indented lines, those with the most conversations first: `  maren.solberg (Maren Solberg), 120 conversations`.
fn most_talkative(said: &str) -> Option<String> {
    let line = said.lines().find(|line| line.starts_with("  "))?;
    line.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::most_talkative;

    #[test]
    fn the_first_person_named_is_the_one() {
        let said = "Imported 2 people, 3 conversations, 40 messages (0 empty ones left out).\n  maren.solberg (Maren Solberg), 3 conversations\n  li (Li), 1 conversations\n";
        assert_eq!(most_talkative(said).as_deref(), Some("maren.solberg"));
        assert_eq!(most_talkative("Imported nobody."), None);
    }
}
