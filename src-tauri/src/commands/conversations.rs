//! The conversation list.

use crate::shell::Shell;
use hearth_client::view::{ConversationItem, Filter, Problem};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_conversations(shell: State<'_, Shell>, filter: Filter, limit: u32) -> Result<Vec<ConversationItem>, Problem> {
    shell.client()?.list_conversations(filter, limit).await
}
