//! A server in a process of its own, which can be stopped and started again at the same place.

use crate::{Desktop, Postbox, Process, free_port};
use anyhow::{Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What makes a server known to those who connected to it.
const IDENTITY: [&str; 2] = ["certificate.der", "certificate.key"];

#[derive(Debug)]
pub struct Hearthd {
    data: PathBuf,
    port: u16,
    encrypted: bool,
    /// Its mail server's place.
    mail: Option<String>,
    /// The list of its sign-in providers.
    providers: Option<PathBuf>,
    process: Option<Process>,
    link: String,
}

impl Hearthd {
    pub async fn start(desktop: &Desktop) -> Result<Self> {
        Self::first_start(desktop, false, None).await
    }

    /// With a certificate of its own making, which its connect link names.
    pub async fn start_encrypted(desktop: &Desktop) -> Result<Self> {
        Self::first_start(desktop, true, None).await
    }

    /// One whose codes go out by mail.
    pub async fn start_with_mail(desktop: &Desktop, postbox: &Postbox) -> Result<Self> {
        Self::first_start(desktop, false, Some(postbox.place())).await
    }

    /// One at which people sign in by the providers of a TOML text as well.
    pub async fn start_with_providers(desktop: &Desktop, providers: &str) -> Result<Self> {
        let path = desktop.home().join("providers.toml");
        fs::write(&path, providers)?;
        let mut server = Self::prepare(desktop, false, None).await?;
        server.providers = Some(path);
        server.start_again(desktop).await?;
        Ok(server)
    }

    async fn prepare(desktop: &Desktop, encrypted: bool, mail: Option<String>) -> Result<Self> {
        Ok(Self { data: data(desktop), port: free_port().await?, encrypted, mail, providers: None, process: None, link: String::new() })
    }

    async fn first_start(desktop: &Desktop, encrypted: bool, mail: Option<String>) -> Result<Self> {
        let mut server = Self::prepare(desktop, encrypted, mail).await?;
        server.start_again(desktop).await?;
        Ok(server)
    }

    /// With the same data, on the same port.
    pub async fn start_again(&mut self, desktop: &Desktop) -> Result<()> {
        let mut command = desktop.command(desktop.programs().server()?);
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--data"]).arg(&self.data);
        if self.encrypted {
            command.arg("--tls");
        }
        if let Some(place) = &self.mail {
            command.args(["--mail-server", place, "--mail-from", "Hearth <hearth@example.org>"]);
        }
        if let Some(path) = &self.providers {
            command.arg("--providers").arg(path);
        }
        let mut process = Process::start("hearthd", command, desktop.logs(), None).await?;
        self.link = process.says("its connect link", |line| word(line, |word| word.starts_with("hearth://connect/"))).await?;
        self.process = Some(process);
        Ok(())
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.stop().await?;
        }
        Ok(())
    }

    /// Takes its certificate away: from the next start on it is somebody else, as far as anybody can tell.
    pub fn put_certificate_aside(&self) -> Result<()> {
        IDENTITY.iter().try_for_each(|file| Ok(fs::rename(self.data.join(file), self.data.join(file).with_added_extension("aside"))?))
    }

    /// The contrary: it is itself again from the next start on.
    pub fn bring_certificate_back(&self) -> Result<()> {
        IDENTITY.iter().try_for_each(|file| Ok(fs::rename(self.data.join(file).with_added_extension("aside"), self.data.join(file))?))
    }

    /// Where it listens, on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What people paste to connect.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// What the first account needs.
    pub async fn set_up_code(&mut self) -> Result<String> {
        match &mut self.process {
            Some(process) => process.says("its set-up code", set_up_code).await,
            None => bail!("the server does not run"),
        }
    }

    /// Brings a corpus in before the server starts; returns who has the most conversations in it.
    pub async fn import(desktop: &Desktop, corpus: &Path, password: &str) -> Result<String> {
        let mut command = desktop.command(desktop.programs().server()?);
        command.args(["import", "--format", "chitchat", "--data"]).arg(data(desktop)).arg(corpus).env("HEARTH_IMPORT_PASSWORD", password);
        let mut process = Process::start("import", command, desktop.logs(), None).await?;
        let person = process.says("who has the most conversations", most_talkative).await?;
        process.ended().await?;
        Ok(person)
    }

    pub fn data(&self) -> &Path {
        &self.data
    }
}

fn data(desktop: &Desktop) -> PathBuf {
    desktop.home().join("server")
}

/// The first of the indented lines that name people.
fn most_talkative(line: &str) -> Option<String> {
    line.starts_with("  ").then(|| line.split_whitespace().next().map(str::to_owned)).flatten()
}

fn word(line: &str, wanted: impl Fn(&str) -> bool) -> Option<String> {
    line.split_whitespace().find(|word| wanted(word)).map(str::to_owned)
}

/// The word after `set-up code:`.
fn set_up_code(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("et-up code:")?;
    rest.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_found_in_what_a_server_says() {
        let said = "Set-up code:    7KQ2-M4XA   (the first account is signed up with it, and becomes the admin)";
        assert_eq!(set_up_code(said).as_deref(), Some("7KQ2-M4XA"));
        assert_eq!(set_up_code("Hearth listens on 127.0.0.1:7380"), None);
    }
}
