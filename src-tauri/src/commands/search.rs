//! Searching everything.

use crate::shell::Shell;
use hearth_client::view::{Problem, SearchPage};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn search(shell: State<'_, Shell>, query: String, after: Option<String>) -> Result<SearchPage, Problem> {
    shell.client()?.search(&query, after.as_deref()).await
}
