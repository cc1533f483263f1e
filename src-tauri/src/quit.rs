//! The one orderly way out: outbox and embedded server are closed before the process ends.

use crate::{shell::Shell, windows::MAIN};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tauri::{AppHandle, Manager};

/// A shutdown that hangs is cut off: everything durable is durable already.
const PATIENCE: Duration = Duration::from_secs(5);

static QUITTING: AtomicBool = AtomicBool::new(false);

/// Ends the app. Asked twice, it ends once.
pub fn quit(app: &AppHandle) {
    if QUITTING.swap(true, Ordering::AcqRel) {
        return;
    }
    if let Some(window) = app.get_webview_window(MAIN) {
        // Gone at once for the person; what is left takes a moment.
        let _ = window.hide();
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let orderly = async {
            shell.end().await;
            if let Ok(accounts) = shell.accounts() {
                accounts.shutdown().await;
            }
        };
        if tokio::time::timeout(PATIENCE, orderly).await.is_err() {
            tracing::error!("shutdown took too long and was cut off");
        }
        app.exit(0);
    });
}

/// Ends the app in order when the session or a terminal wants it to end.
pub async fn on_signals(app: AppHandle) {
    if let Err(error) = signalled().await {
        tracing::warn!(%error, "signals are not heard");
        return;
    }
    quit(&app);
}

#[cfg(unix)]
async fn signalled() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut hangup, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = hangup.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn signalled() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
