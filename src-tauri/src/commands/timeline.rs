//! A window of a conversation, and how far one has read.

use crate::commands::Account;
use hearth_client::view::{At, Problem, TimelinePage};
use hearth_protocol::{Pos, ids::ConversationId};

#[tauri::command(rename_all = "snake_case")]
pub async fn open_timeline(account: Account, conversation: ConversationId, at: At) -> Result<TimelinePage, Problem> {
    account.open_timeline(conversation, at).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn mark_read(account: Account, conversation: ConversationId, pos: Pos) -> Result<(), Problem> {
    account.mark_read(conversation, pos).await
}
