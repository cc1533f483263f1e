//! What a message said before it was edited, and where links to messages lead.

use crate::commands::Account;
use hearth_client::view::{MessagePlace, Problem, VersionsView};
use hearth_protocol::ids::{ConversationId, MessageId};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_versions(account: Account, conversation: ConversationId, message: MessageId) -> Result<VersionsView, Problem> {
    account.list_versions(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn find_message(account: Account, link: String) -> Result<MessagePlace, Problem> {
    account.find_message(&link).await
}
