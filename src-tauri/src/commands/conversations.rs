//! The conversation list.

use crate::commands::Account;
use hearth_client::view::{ConversationItem, Filter, Problem};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_conversations(account: Account, filter: Filter, limit: u32) -> Result<Vec<ConversationItem>, Problem> {
    account.list_conversations(filter, limit).await
}
