//! A server in a process of its own, which can be stopped and started again at the same place.

use crate::{Desktop, Process, free_port};
use anyhow::Result;
use std::path::PathBuf;

#[derive(Debug)]
pub struct Hearthd {
    data: PathBuf,
    port: u16,
    process: Option<Process>,
    link: String,
    set_up_code: Option<String>,
}

impl Hearthd {
    pub async fn start(desktop: &Desktop) -> Result<Self> {
        let data = desktop.home().join("server");
        let mut server = Self { data, port: free_port().await?, process: None, link: String::new(), set_up_code: None };
        server.start_again(desktop).await?;
        Ok(server)
    }

    /// With the same data, on the same port.
    pub async fn start_again(&mut self, desktop: &Desktop) -> Result<()> {
        let mut command = desktop.command(desktop.programs().server()?);
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--data"]).arg(&self.data);
        let mut process = Process::start("hearthd", command, desktop.logs(), None).await?;
        self.link = process.says("its connect link", |line| word(line, |word| word.starts_with("hearth://connect/"))).await?;
        if self.set_up_code.is_none() {
            self.set_up_code = Some(process.says("its set-up code", set_up_code).await?);
        }
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

    /// What people paste to connect.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// What the first account needs.
    pub fn set_up_code(&self) -> &str {
        self.set_up_code.as_deref().unwrap_or_default()
    }

    pub fn data(&self) -> &std::path::Path {
        &self.data
    }
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
