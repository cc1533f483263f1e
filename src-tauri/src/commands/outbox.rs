//! What has not been acknowledged yet.

use crate::shell::Shell;
use hearth_client::view::{Discarded, OutboxItem, Problem};
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

/// Takes it out or back; `edit` puts a message's text into its draft, `with_others` takes along what needs it.
#[tauri::command(rename_all = "snake_case")]
pub async fn discard_outbox(shell: State<'_, Shell>, id: MutationId, edit: bool, with_others: bool) -> Result<Discarded, Problem> {
    shell.client()?.discard_outbox(id, edit, with_others).await
}
