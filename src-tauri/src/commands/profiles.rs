//! What people tell of themselves, and what I say of me.

use crate::shell::Shell;
use hearth_client::view::{OwnProfileView, Problem, ProfileView};
use hearth_protocol::{
    Millis,
    ids::UserId,
    profile::{PrivacyField, SeenBy},
};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_profiles(shell: State<'_, Shell>, people: Vec<UserId>) -> Result<Vec<ProfileView>, Problem> {
    shell.client()?.list_profiles(people).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_profile(shell: State<'_, Shell>) -> Result<OwnProfileView, Problem> {
    shell.client()?.own_profile().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_status(shell: State<'_, Shell>, text: String, until: Option<Millis>) -> Result<(), Problem> {
    shell.client()?.set_status(&text, until).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_privacy(shell: State<'_, Shell>, field: PrivacyField, to: SeenBy) -> Result<(), Problem> {
    shell.client()?.set_privacy(field, to).await
}

/// Nobody has touched the window for a while, or somebody does again.
#[tauri::command(rename_all = "snake_case")]
pub async fn set_idle(shell: State<'_, Shell>, idle: bool) -> Result<(), Problem> {
    shell.client()?.set_idle(idle).await
}
