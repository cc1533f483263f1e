//! Which server, and whether it is reached.

use crate::shell::Shell;
use hearth_client::view::{Problem, Server};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn start_server(shell: State<'_, Shell>, lan: bool) -> Result<Server, Problem> {
    shell.client()?.start_server(lan).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn connect(shell: State<'_, Shell>, link: String) -> Result<Server, Problem> {
    shell.client()?.connect(&link).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn forget_server(shell: State<'_, Shell>) -> Result<(), Problem> {
    shell.client()?.forget_server().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sync_now(shell: State<'_, Shell>) -> Result<(), Problem> {
    shell.client()?.sync_now().await
}
