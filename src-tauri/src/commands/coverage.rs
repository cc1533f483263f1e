//! How much of what one may read is on this computer.

use crate::shell::Shell;
use hearth_client::view::{CoverageList, CoverageView, Problem};
use hearth_protocol::ids::ConversationId;
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn read_coverage(shell: State<'_, Shell>, conversation: ConversationId) -> Result<CoverageView, Problem> {
    shell.client()?.read_coverage(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_coverage(shell: State<'_, Shell>) -> Result<CoverageList, Problem> {
    shell.client()?.list_coverage().await
}
