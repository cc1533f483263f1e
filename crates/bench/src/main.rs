//! `hearth-bench`: what `cargo xtask bench` builds and starts.

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use hearth_bench::{CASES, Scale, run, serve};
use std::{
    io::{self, Write as _},
    path::PathBuf,
};

/// Benchmarks, each beside its physical limit.
#[derive(Parser)]
#[command(name = "hearth-bench", version, after_help = cases())]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Only these cases, with commas between them; `windows` stands for all that open the app's real window, which no other does
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How much: tiny (shows that everything runs), small (minutes), full (the shapes of the goals)
    #[arg(long, value_enum, default_value_t = Scale::Small)]
    scale: Scale,
    /// How many minutes the long use of window_memory lasts; without it 5, with --scale full 60
    #[arg(long)]
    minutes: Option<u64>,
    /// Where the figures go as JSON
    #[arg(long, default_value = "target/bench/report.json")]
    json: PathBuf,
    /// A build of this program that is the server under test, to compare two of them; this one if none is named
    #[arg(long)]
    server: Option<PathBuf>,
    /// Where databases are made while it runs: on the disk that is to be measured
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// The server under test, in a process of its own: what hearthd runs, without limits on signing up. Ends with its standard input
    #[command(hide = true)]
    Serve { folder: PathBuf },
}

fn cases() -> String {
    let lines = CASES.iter().map(|case| format!("  {:14} {}", case.name, case.about));
    std::iter::once("Cases:".to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    if let Some(Command::Serve { folder }) = cli.command {
        return serve(&folder).await;
    }
    let program = match cli.server {
        Some(program) => program,
        None => std::env::current_exe().context("this program's own file")?,
    };
    let said = |what: &str| {
        // Without a standard error nobody wants to know.
        let _ = writeln!(io::stderr(), "{what} ..");
    };
    let report = run(cli.scale, cli.minutes, &cli.only, &program, &cli.folder, said).await?;
    if let Some(folder) = cli.json.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&cli.json, report.json()?).with_context(|| format!("{} cannot be written", cli.json.display()))?;
    writeln!(io::stdout(), "{}", report.table())?;
    Ok(())
}
