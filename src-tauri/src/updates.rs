//! From the updates of all accounts to page, tray and title.

use crate::{badge::Badge, shell::Shell, tray::Tray, windows};
use hearth_client::view::{AccountId, Update};
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Runs as long as the account is there. `updates` was subscribed to before the first look at the state, so that nothing falls between.
pub async fn run(app: AppHandle, account: AccountId, mut updates: Receiver<Update>) {
    loop {
        match updates.recv().await {
            Ok(update) => deliver(&app, account, update),
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "updates overran: telling the page to ask again");
                ask_again(&app, account).await;
            }
            Err(RecvError::Closed) => break,
        }
    }
}

fn deliver(app: &AppHandle, account: AccountId, update: Update) {
    let shell = app.state::<Shell>();
    if shell.learn(account, &update) {
        refresh(app);
    }
    shell.page.tell(account, update);
}

/// Draws tray, title, badge and the list of accounts by what is known now.
pub fn refresh(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let known = shell.known();
    windows::show_title(app, known.unread());
    let badge = Badge::of(&known);
    shell.badge.send_if_modified(|shown| std::mem::replace(shown, badge) != badge);
    shell.tell_accounts();
    if let Some(tray) = app.try_state::<Tray>() {
        tray.show(app, &known);
    }
}

/// Updates that were lost cannot be told apart, so the page asks for everything that it shows.
async fn ask_again(app: &AppHandle, account: AccountId) {
    let Ok(Some(client)) = app.state::<Shell>().accounts().map(|accounts| accounts.get(account)) else { return };
    let boot = client.boot().await;
    for update in [
        Update::Phase { phase: boot.phase },
        Update::Status { status: boot.status },
        Update::Settings { settings: boot.settings },
        Update::Conversations,
    ] {
        deliver(app, account, update);
    }
    if let Some(conversation) = app.state::<Shell>().on_screen() {
        deliver(app, account, Update::Timeline { conversation });
    }
}
