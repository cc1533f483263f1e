//! A server filled with years of real conversations, and the app of one of those people as a new device.

use crate::{call::Call, project};
use anyhow::{Result, bail};
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
        self.folder().join("imported.json")
    }

    /// Imports it into the embedded server's data, once: importing again changes nothing.
    pub fn import(&self) -> Result<()> {
        if self.person().is_ok() {
            return Ok(());
        }
        let data = self.folder().join("server");
        fs::create_dir_all(&data)?;
        let said = Call::new(project::program("hearthd"), ["import", "--format", "chitchat", "--password", PASSWORD, "--data"])
            .arg(&data)
            .arg(&self.corpus)
            .output_shown()?;
        fs::write(self.note(), &said)?;
        let person = self.person()?;
        println!("      The person with the most conversations is {person}");
        Ok(())
    }

    /// The username of the one who talked most, as the import said.
    pub fn person(&self) -> Result<String> {
        let said = fs::read(self.note())?;
        let said: serde_json::Value = serde_json::from_slice(&said)?;
        match said.get("most_conversations").and_then(serde_json::Value::as_str) {
            Some(username) => Ok(username.to_owned()),
            None => bail!("The import did not say who talked most"),
        }
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
