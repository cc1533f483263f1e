//! Searching everything.

use crate::commands::Account;
use hearth_client::view::{FurtherPage, Problem, SearchOrder, SearchPage, SuggestionsView};

#[tauri::command(rename_all = "snake_case")]
pub async fn search(account: Account, query: String, order: SearchOrder, after: Option<String>) -> Result<SearchPage, Problem> {
    account.search(&query, order, after.as_deref()).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn search_further(account: Account, query: String, after: Option<String>) -> Result<FurtherPage, Problem> {
    account.search_further(&query, after.as_deref()).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn suggest_filters(account: Account, query: String, caret: u32) -> Result<SuggestionsView, Problem> {
    account.suggest_filters(&query, caret).await
}
