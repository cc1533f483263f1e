//! Who has read what, and what others are told of me.

use crate::shell::Shell;
use hearth_client::view::{Problem, ReaderView};
use hearth_protocol::ids::{ConversationId, MessageId};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_readers(shell: State<'_, Shell>, conversation: ConversationId, message: MessageId) -> Result<Vec<ReaderView>, Problem> {
    shell.client()?.list_readers(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_read_receipts(shell: State<'_, Shell>) -> Result<bool, Problem> {
    shell.client()?.read_receipts().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_read_receipts(shell: State<'_, Shell>, on: bool) -> Result<(), Problem> {
    shell.client()?.set_read_receipts(on).await
}
