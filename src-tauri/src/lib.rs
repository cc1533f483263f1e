//! Hearth's desktop shell: one window, a tray, notifications and links around [`hearth_client`].
//!
//! It keeps no state of its own but what the window system needs; every command is a few lines that call the client.

mod autostart;
mod badge;
pub mod commands;
mod deeplink;
mod embedded;
mod errands;
mod links;
mod notify;
mod options;
mod page;
mod quit;
mod setup;
mod shell;
mod single_instance;
#[cfg(all(test, target_os = "linux"))]
mod test_bus;
mod tray;
mod updates;
mod webview;
mod windows;
mod words;

use clap::Parser;
use std::{
    io::{self, IsTerminal as _},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

/// Reads the command line and runs the app.
pub fn run() -> ExitCode {
    let cli = options::Cli::parse();
    // Before anything else is started: this may begin the program anew.
    let drawn_safely = if cli.safe_graphics { webview::draw_safely() } else { Ok(()) };
    log_to_stderr();
    if let Err(error) = drawn_safely {
        tracing::warn!(%error, "safe graphics are not to be had");
    }
    match setup::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("Hearth could not start: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Only what `RUST_LOG` asks for, or our own news and others' warnings. Nobody logs message texts, tokens or keys.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,hearth_desktop=info,hearth_client=info,hearth_replica=info,hearth_server=info"));
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(filter);
    if io::stderr().is_terminal() {
        log.init();
    } else {
        // Colours are unreadable in a file or a journal.
        log.with_ansi(false).init();
    }
}
