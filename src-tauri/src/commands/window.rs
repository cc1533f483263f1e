//! The window itself: its first state, its channel, how one wants it, and the way out of it.

use crate::{
    autostart,
    commands::Account,
    deeplink::{self, DeepLink},
    links, notify, setup,
    shell::Shell,
    updates, windows, words,
};
use hearth_client::view::{AccountId, Boot, CloseChoice, Problem, Settings, Update};
use hearth_protocol::ids::{ConversationId, MessageId};
use tauri::{AppHandle, State, ipc::Channel};

/// A profile that did not open is tried again: the page was loaded anew for that.
#[tauri::command(rename_all = "snake_case")]
pub async fn boot(app: AppHandle, shell: State<'_, Shell>) -> Result<Boot, Problem> {
    setup::try_again(&app).await;
    let boot = shell.boot(shell.page.account().unwrap_or_default()).await;
    windows::page_booted(&app);
    Ok(boot)
}

/// The page shows this account from now on, or else the one that was shown last. Returns which it is.
#[tauri::command(rename_all = "snake_case")]
pub async fn subscribe(shell: State<'_, Shell>, account: Option<AccountId>, channel: Channel<Update>) -> Result<AccountId, Problem> {
    let Ok(accounts) = shell.accounts() else {
        // The problem is the first thing that the page hears of.
        shell.page.subscribe(AccountId::FIRST, channel);
        return Ok(AccountId::FIRST);
    };
    let there = |account: &AccountId| accounts.get(*account).is_some();
    let account = account.filter(there).or_else(|| shell.page.wanted().filter(there)).unwrap_or_else(|| accounts.shown());
    // From here on nothing that the page says for the one before counts as being on the screen.
    shell.page.subscribe(account, channel);
    accounts.show(account).await?;
    Ok(account)
}

/// They are those of all accounts.
#[tauri::command(rename_all = "snake_case")]
pub async fn set_settings(app: AppHandle, shell: State<'_, Shell>, account: Account, settings: Settings) -> Result<(), Problem> {
    let before = account.settings();
    let counts_anew = before.mentions_break_mute != settings.mentions_break_mute;
    let starts_otherwise = before.start_hidden != settings.start_hidden;
    account.set_settings(settings)?;
    if starts_otherwise {
        autostart::renew(&app)?;
    }
    if counts_anew {
        for client in shell.accounts()?.list() {
            client.count_again().await;
        }
    }
    Ok(())
}

/// Shows a notification, to try how one is told. When this returns, it was shown.
#[tauri::command(rename_all = "snake_case")]
pub async fn try_notification(app: AppHandle) -> Result<(), Problem> {
    notify::try_out(&app).await
}

/// Whether the app starts with the session: the system's own list says.
#[tauri::command(rename_all = "snake_case")]
pub fn get_autostart(app: AppHandle) -> Result<bool, Problem> {
    autostart::is_on(&app)
}

#[tauri::command(rename_all = "snake_case")]
pub fn set_autostart(app: AppHandle, on: bool) -> Result<(), Problem> {
    autostart::set(&app, on)
}

/// The language that the page shows: what it chose where the person has left it to the system, which tells its preference to the page. The tag
/// says the digits too, and `hours` how the page writes each hour of the day.
#[tauri::command(rename_all = "snake_case")]
pub fn set_language(app: AppHandle, shell: State<'_, Shell>, language: String, hours: Vec<String>) {
    // Here and not in a task: of two changes the later one has to be the last. The tray is drawn in one, because whoever draws it waits for
    // this thread.
    let Some(spoken) = words::speak(&language, hours) else { return };
    // They share it. A profile that does not open has nobody to write to.
    if let Ok(client) = shell.client() {
        client.speak(spoken);
    }
    tauri::async_runtime::spawn(async move { updates::refresh(&app) });
}

/// What is on the screen, for notifications and for what is fetched first.
#[tauri::command(rename_all = "snake_case")]
pub async fn set_focus(
    shell: State<'_, Shell>,
    account: Account,
    conversation: Option<ConversationId>,
    thread: Option<MessageId>,
    focused: bool,
) -> Result<(), Problem> {
    // Said for an account that is not shown any more.
    if shell.page.account() != Some(account.account()) {
        return Ok(());
    }
    shell.set_on_screen(conversation);
    account.set_focus(conversation, thread, focused).await
}

#[tauri::command(rename_all = "snake_case")]
pub fn answer_close(app: AppHandle, choice: CloseChoice, remember: bool) -> Result<(), Problem> {
    windows::answer_close(&app, choice, remember)
}

/// https and mailto go out, and a link to a message is followed as one from outside is; decided here, whatever the page thinks.
#[tauri::command(rename_all = "snake_case")]
pub async fn open_link(app: AppHandle, url: String) -> Result<(), Problem> {
    if let Ok(link @ DeepLink::Message(_)) = deeplink::parse(&url) {
        setup::follow(&app, &link);
        return Ok(());
    }
    // Starting a program may take a while; the window must not wait for it.
    tauri::async_runtime::spawn_blocking(move || links::open(&url)).await.map_err(Problem::internal)?
}
