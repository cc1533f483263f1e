//! What one writes.

use crate::shell::Shell;
use hearth_client::view::Problem;
use hearth_protocol::ids::{ConversationId, MessageId, MutationId};
use tauri::State;

/// When this returns, the message lies in the outbox on disk.
#[tauri::command(rename_all = "snake_case")]
pub async fn send_message(shell: State<'_, Shell>, conversation: ConversationId, text: String) -> Result<MessageId, Problem> {
    shell.client()?.send_message(conversation, &text).await
}

/// Shows at once; `instead_of` is an edit of mine that was refused.
#[tauri::command(rename_all = "snake_case")]
pub async fn edit_message(
    shell: State<'_, Shell>,
    conversation: ConversationId,
    message: MessageId,
    text: String,
    instead_of: Option<MutationId>,
) -> Result<MutationId, Problem> {
    shell.client()?.edit_message(conversation, message, &text, instead_of).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_message(shell: State<'_, Shell>, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
    shell.client()?.delete_message(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn save_draft(shell: State<'_, Shell>, conversation: ConversationId, text: String) -> Result<(), Problem> {
    shell.client()?.save_draft(conversation, &text).await
}

/// Said as often as one types; those who are there hear of it now and then.
#[tauri::command(rename_all = "snake_case")]
pub async fn typing(shell: State<'_, Shell>, conversation: ConversationId) -> Result<(), Problem> {
    shell.client()?.typing(conversation).await
}
