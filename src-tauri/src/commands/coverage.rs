//! How much of what one may read is on this computer.

use crate::commands::Account;
use hearth_client::view::{CoverageList, CoverageView, MissingView, Problem};
use hearth_protocol::ids::ConversationId;

#[tauri::command(rename_all = "snake_case")]
pub async fn read_coverage(account: Account, conversation: ConversationId) -> Result<CoverageView, Problem> {
    account.read_coverage(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_coverage(account: Account) -> Result<CoverageList, Problem> {
    account.list_coverage().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn find_missing(account: Account, query: String) -> Result<MissingView, Problem> {
    account.find_missing(&query).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn fetch_missing(account: Account, conversations: Vec<ConversationId>) -> Result<(), Problem> {
    account.fetch_missing(&conversations).await
}
