//! Searching everything.

use crate::commands::Account;
use hearth_client::view::{Problem, SearchPage};

#[tauri::command(rename_all = "snake_case")]
pub async fn search(account: Account, query: String, after: Option<String>) -> Result<SearchPage, Problem> {
    account.search(&query, after.as_deref()).await
}
