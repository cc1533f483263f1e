//! Who has read what, and what others are told of me.

use crate::commands::Account;
use hearth_client::view::{Problem, ReaderView};
use hearth_protocol::ids::{ConversationId, MessageId};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_readers(account: Account, conversation: ConversationId, message: MessageId) -> Result<Vec<ReaderView>, Problem> {
    account.list_readers(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_read_receipts(account: Account) -> Result<bool, Problem> {
    account.read_receipts().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_read_receipts(account: Account, on: bool) -> Result<(), Problem> {
    account.set_read_receipts(on).await
}
