//! The window itself: its first state, its channel, how one wants it, and the way out of it.

use crate::{links, setup, shell::Shell, windows};
use hearth_client::view::{Boot, CloseChoice, Problem, Settings, Update};
use hearth_protocol::ids::ConversationId;
use tauri::{AppHandle, State, ipc::Channel};

/// A profile that did not open is tried again: the page was loaded anew for that.
#[tauri::command(rename_all = "snake_case")]
pub async fn boot(app: AppHandle, shell: State<'_, Shell>) -> Result<Boot, Problem> {
    setup::try_again(&app).await;
    let boot = shell.boot().await;
    windows::page_booted(&app);
    Ok(boot)
}

#[tauri::command(rename_all = "snake_case")]
pub fn subscribe(shell: State<'_, Shell>, channel: Channel<Update>) {
    shell.page.subscribe(channel);
}

#[tauri::command(rename_all = "snake_case")]
pub fn set_settings(shell: State<'_, Shell>, settings: Settings) -> Result<(), Problem> {
    shell.client()?.set_settings(settings)
}

/// What is on the screen, for notifications and for what is fetched first.
#[tauri::command(rename_all = "snake_case")]
pub async fn set_focus(shell: State<'_, Shell>, conversation: Option<ConversationId>, focused: bool) -> Result<(), Problem> {
    shell.set_on_screen(conversation);
    shell.client()?.set_focus(conversation, focused).await
}

#[tauri::command(rename_all = "snake_case")]
pub fn answer_close(app: AppHandle, choice: CloseChoice, remember: bool) -> Result<(), Problem> {
    windows::answer_close(&app, choice, remember)
}

/// https and mailto only; decided here, whatever the page thinks.
#[tauri::command(rename_all = "snake_case")]
pub async fn open_link(url: String) -> Result<(), Problem> {
    // Starting a program may take a while; the window must not wait for it.
    tauri::async_runtime::spawn_blocking(move || links::open(&url)).await.map_err(Problem::internal)?
}
