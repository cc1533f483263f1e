//! What a message said before it was edited, and where links to messages and days lead.

use crate::commands::Account;
use hearth_client::view::{DatePlace, MessagePlace, Problem, VersionsView};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_versions(account: Account, conversation: ConversationId, message: MessageId) -> Result<VersionsView, Problem> {
    account.list_versions(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn find_message(account: Account, link: String) -> Result<MessagePlace, Problem> {
    account.find_message(&link).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn find_date(account: Account, conversation: ConversationId, at: Millis, asides: bool) -> Result<DatePlace, Problem> {
    account.find_date(conversation, at, asides).await
}
