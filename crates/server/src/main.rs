//! `hearthd`: the sync server as one program.
#![allow(clippy::print_stdout, reason = "it tells its owner where it listens")]

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use hearth_protocol::link::DEFAULT_PORT;
use hearth_server::{Config, Server, connect_link};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "hearthd", version, about = "Hearth's sync server", args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Installed,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (what it does without a command)
    Serve(Installed),
    /// Print the link that others paste to connect
    ConnectLink(Installed),
}

#[derive(Args)]
struct Installed {
    /// The folder with the database, the certificate and all that the server keeps; made at the first start
    #[arg(long, value_name = "DIR", default_value = "hearth-data")]
    data: PathBuf,
    /// Where to listen; anything but loopback is encrypted with a certificate of its own
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from(([127, 0, 0, 1], DEFAULT_PORT)))]
    listen: SocketAddr,
    /// The name or address by which others reach the server, for the connect link
    #[arg(long, value_name = "HOST")]
    public_host: Option<String>,
    /// What people see the server called
    #[arg(long, default_value = "Hearth")]
    name: String,
    /// A PostgreSQL database instead of the file in the data folder
    #[arg(long, value_name = "URL", env = "HEARTH_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Log one JSON object a line
    #[arg(long)]
    log_json: bool,
}

impl Installed {
    fn config(&self) -> Config {
        let mut config = Config::new(&self.data);
        config.listen = self.listen;
        config.public_host.clone_from(&self.public_host);
        config.name.clone_from(&self.name);
        config.database_url.clone_from(&self.database_url);
        config
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(installed) => serve(installed).await,
        Command::ConnectLink(installed) => connect_link(&installed.config()).map(|link| println!("{link}")).map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(installed: Installed) -> anyhow::Result<()> {
    log(installed.log_json);
    let server = Server::start(installed.config()).await?;
    println!("Hearth listens on {}", server.address());
    println!("Connect link: {}", server.connect_link());
    if let Some(code) = server.set_up_code() {
        println!("The first account becomes the admin and needs this set-up code: {code}");
    }
    let failed = tokio::select! {
        reason = server.failed() => Some(reason),
        stopped = stop_signal() => stopped.map(|()| None)?,
    };
    server.shutdown().await;
    match failed {
        Some(reason) => anyhow::bail!("The storage failed, so the server stopped: {reason}. Everything acknowledged is kept; start it again when the disk is well."),
        None => Ok(()),
    }
}

/// Ctrl+C, or what a service manager sends.
async fn stop_signal() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).context("signals")?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed.context("signals"),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.context("signals")
}

fn log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { builder.json().init() } else { builder.init() }
}
