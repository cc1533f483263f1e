//! Contacts, friend requests and blocks.

use crate::shell::Shell;
use hearth_client::view::{FriendsView, Problem};
use hearth_protocol::ids::{InvitationId, UserId};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_friends(shell: State<'_, Shell>) -> Result<FriendsView, Problem> {
    shell.client()?.list_friends().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn request_friend(shell: State<'_, Shell>, to: UserId, note: String) -> Result<(), Problem> {
    shell.client()?.request_friend(to, &note).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn answer_invitation(shell: State<'_, Shell>, id: InvitationId, accept: bool) -> Result<(), Problem> {
    shell.client()?.answer_invitation(id, accept).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn withdraw_invitation(shell: State<'_, Shell>, id: InvitationId) -> Result<(), Problem> {
    shell.client()?.withdraw_invitation(id).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_contact(shell: State<'_, Shell>, user: UserId) -> Result<(), Problem> {
    shell.client()?.remove_contact(user).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn block_user(shell: State<'_, Shell>, user: UserId) -> Result<(), Problem> {
    shell.client()?.block_user(user).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn unblock_user(shell: State<'_, Shell>, user: UserId) -> Result<(), Problem> {
    shell.client()?.unblock_user(user).await
}
