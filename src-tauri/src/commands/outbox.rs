//! What has not been acknowledged yet.

use crate::commands::Account;
use hearth_client::view::{Discarded, OutboxItem, Problem};
use hearth_protocol::ids::MutationId;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_outbox(account: Account) -> Result<Vec<OutboxItem>, Problem> {
    account.list_outbox().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn retry_outbox(account: Account, id: MutationId) -> Result<(), Problem> {
    account.retry_outbox(id).await
}

/// Takes it out or back; `edit` puts a message's text into its draft, `with_others` takes along what needs it.
#[tauri::command(rename_all = "snake_case")]
pub async fn discard_outbox(account: Account, id: MutationId, edit: bool, with_others: bool) -> Result<Discarded, Problem> {
    account.discard_outbox(id, edit, with_others).await
}
