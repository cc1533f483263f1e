//! A window of a conversation, and how far one has read.

use crate::shell::Shell;
use hearth_client::view::{At, Problem, TimelinePage};
use hearth_protocol::{Pos, ids::ConversationId};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn open_timeline(shell: State<'_, Shell>, conversation: ConversationId, at: At) -> Result<TimelinePage, Problem> {
    shell.client()?.open_timeline(conversation, at).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn mark_read(shell: State<'_, Shell>, conversation: ConversationId, pos: Pos) -> Result<(), Problem> {
    shell.client()?.mark_read(conversation, pos).await
}
