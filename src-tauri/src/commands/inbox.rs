//! What I am told of.

use crate::commands::Account;
use hearth_client::view::{InboxItem, Problem};
use hearth_protocol::ids::NotificationId;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_inbox(account: Account) -> Result<Vec<InboxItem>, Problem> {
    account.list_inbox().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn read_notifications(account: Account, ids: Vec<NotificationId>) -> Result<(), Problem> {
    account.read_notifications(ids).await
}
