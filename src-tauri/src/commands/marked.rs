//! Stars, pins, and what is hidden.

use crate::commands::Account;
use hearth_client::view::{PinList, Problem, StarredPage};
use hearth_protocol::ids::{ConversationId, MessageId};

#[tauri::command(rename_all = "snake_case")]
pub async fn star(account: Account, conversation: ConversationId, message: MessageId, on: bool) -> Result<(), Problem> {
    account.star(conversation, message, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn hide_message(account: Account, conversation: ConversationId, message: MessageId, on: bool) -> Result<(), Problem> {
    account.hide_message(conversation, message, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_starred(account: Account, limit: u32) -> Result<StarredPage, Problem> {
    account.list_starred(limit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_starred_in(account: Account, conversation: ConversationId, limit: u32) -> Result<StarredPage, Problem> {
    account.list_starred_in(conversation, limit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn pin_message(account: Account, conversation: ConversationId, message: MessageId, on: bool) -> Result<(), Problem> {
    account.pin_message(conversation, message, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_pins(account: Account, conversation: ConversationId) -> Result<PinList, Problem> {
    account.list_pins(conversation).await
}
