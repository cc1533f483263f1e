//! Which server, and whether it is reached.

use crate::commands::Account;
use hearth_client::view::{Problem, Server};

#[tauri::command(rename_all = "snake_case")]
pub async fn start_server(account: Account, lan: bool) -> Result<Server, Problem> {
    account.start_server(lan).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn connect(account: Account, link: String) -> Result<Server, Problem> {
    account.connect(&link).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn forget_server(account: Account) -> Result<(), Problem> {
    account.forget_server().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sync_now(account: Account) -> Result<(), Problem> {
    account.sync_now().await
}
