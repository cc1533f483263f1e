//! Finding people, and talking to one.

use crate::shell::Shell;
use hearth_client::view::{PersonView, Problem};
use hearth_protocol::ids::{ConversationId, UserId};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn search_people(shell: State<'_, Shell>, query: String) -> Result<Vec<PersonView>, Problem> {
    shell.client()?.search_people(&query).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn start_direct(shell: State<'_, Shell>, user: UserId) -> Result<ConversationId, Problem> {
    shell.client()?.start_direct(user).await
}
