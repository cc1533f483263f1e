//! From the client's updates to page, tray and title.

use crate::{shell::Shell, tray::Tray, windows};
use hearth_client::{Client, view::Update};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Runs as long as the client does. `updates` was subscribed to before the first look at the state, so that nothing falls between.
pub async fn run(app: AppHandle, client: Client, mut updates: Receiver<Update>) {
    loop {
        match updates.recv().await {
            Ok(update) => deliver(&app, update),
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "updates overran: telling the page to ask again");
                ask_again(&app, &client).await;
            }
            Err(RecvError::Closed) => break,
        }
    }
}

fn deliver(app: &AppHandle, update: Update) {
    let shell = app.state::<Shell>();
    if shell.learn(&update) {
        refresh(app);
    }
    shell.page.tell(update);
}

/// Draws tray and title by what is known now.
pub fn refresh(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let known = shell.known();
    windows::show_title(app, known.status.unread);
    if let Some(tray) = app.try_state::<Tray>() {
        tray.show(app, &known);
    }
}

/// Updates that were lost cannot be told apart, so the page asks for everything that it shows.
async fn ask_again(app: &AppHandle, client: &Client) {
    let boot = client.boot().await;
    for update in [
        Update::Phase { phase: boot.phase },
        Update::Status { status: boot.status },
        Update::Settings { settings: boot.settings },
        Update::Conversations,
    ] {
        deliver(app, update);
    }
    if let Some(conversation) = app.state::<Shell>().on_screen() {
        deliver(app, Update::Timeline { conversation });
    }
}
