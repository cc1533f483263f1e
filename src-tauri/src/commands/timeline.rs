//! A window of a conversation, and how far one has read.

use crate::commands::Account;
use hearth_client::view::{At, Problem, TimelinePage};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
};

#[tauri::command(rename_all = "snake_case")]
pub async fn open_timeline(account: Account, conversation: ConversationId, at: At) -> Result<TimelinePage, Problem> {
    account.open_timeline(conversation, at).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn mark_read(account: Account, conversation: ConversationId, pos: Option<Pos>) -> Result<(), Problem> {
    account.mark_read(conversation, pos).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn mark_unread(account: Account, conversation: ConversationId, from: Option<MessageId>) -> Result<(), Problem> {
    account.mark_unread(conversation, from).await
}
