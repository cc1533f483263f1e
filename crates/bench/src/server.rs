//! The server under test, in a process of its own so that its CPU and memory are its own.

use crate::{Bench, process};
use anyhow::{Context as _, Result};
use hearth_server::{Config, Rate, Server};
use std::{
    io::Write as _,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Stdio,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// Runs the server as hearthd does, but with no limit on how often one address signs up and takes tickets: here everybody comes from
/// one. Says where it listens, and ends when its standard input does.
///
/// # Errors
/// The server does not start.
pub async fn serve(folder: &Path) -> Result<()> {
    let mut config = Config::new(folder);
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    config.require_set_up_code = false;
    config.limits.sign_up_per_address = Rate::unlimited();
    config.limits.sign_in_per_address = Rate::unlimited();
    config.limits.tickets = Rate::unlimited();
    config.limits.costs = Rate::unlimited();
    let server = Server::start(config).await?;
    writeln!(std::io::stdout(), "{}", server.address())?;
    tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
    server.shutdown().await;
    Ok(())
}

/// A running server with a data folder on the disk. Dropping it ends it.
pub struct ServerProcess {
    child: Child,
    pub address: SocketAddr,
    pub pid: u32,
    folder: TempDir,
}

impl ServerProcess {
    pub async fn start(bench: &Bench) -> Result<Self> {
        let folder = bench.folder()?;
        let mut child = Command::new(&bench.program)
            .arg("serve")
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("the server under test does not start")?;
        let out = child.stdout.take().context("the server's output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).await?;
        let address = line.trim().parse().context("the server did not say where it listens")?;
        let pid = child.id().context("the server has ended")?;
        Ok(Self { child, address, pid, folder })
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn cpu_s(&self) -> Option<f64> {
        process::cpu_s(self.pid)
    }

    pub fn memory_kib(&self) -> Option<f64> {
        process::memory_kib(self.pid)
    }

    /// Waits until it has ended by itself.
    pub async fn stop(mut self) -> Result<()> {
        drop(self.child.stdin.take());
        self.child.wait().await?;
        self.folder.close()?;
        Ok(())
    }
}
