//! What has not been acknowledged yet.

use crate::shell::Shell;
use hearth_client::view::{OutboxItem, Problem};
use hearth_protocol::ids::MutationId;
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_outbox(shell: State<'_, Shell>) -> Result<Vec<OutboxItem>, Problem> {
    shell.client()?.list_outbox().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn retry_outbox(shell: State<'_, Shell>, id: MutationId) -> Result<(), Problem> {
    shell.client()?.retry_outbox(id).await
}

/// A message's text comes back, so that it can be edited.
#[tauri::command(rename_all = "snake_case")]
pub async fn discard_outbox(shell: State<'_, Shell>, id: MutationId) -> Result<Option<String>, Problem> {
    shell.client()?.discard_outbox(id).await
}
