//! What people tell of themselves, and what I say of me.

use crate::{commands::Account, shell::Shell};
use hearth_client::view::{OwnProfileView, Problem, ProfileView};
use hearth_protocol::{
    Millis,
    ids::{MediaId, UserId},
    profile::{PictureSize, PrivacyField, SeenBy},
};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_profiles(account: Account, people: Vec<UserId>) -> Result<Vec<ProfileView>, Problem> {
    account.list_profiles(people).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_profile(account: Account) -> Result<OwnProfileView, Problem> {
    account.own_profile().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_status(account: Account, text: String, until: Option<Millis>) -> Result<(), Problem> {
    account.set_status(&text, until).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_about(account: Account, text: String) -> Result<(), Problem> {
    account.set_about(&text).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_name(account: Account, first_name: String, last_name: String) -> Result<(), Problem> {
    account.set_name(&first_name, &last_name).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_picture(account: Account, picture: MediaId, size: PictureSize) -> Result<String, Problem> {
    account.picture(picture, size).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_picture(account: Account, image: String) -> Result<(), Problem> {
    account.set_picture(&image).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_picture(account: Account) -> Result<(), Problem> {
    account.remove_picture().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_privacy(account: Account, field: PrivacyField, to: SeenBy) -> Result<(), Problem> {
    account.set_privacy(field, to).await
}

/// Nobody has touched the window for a while, or somebody does again: whichever account it shows.
#[tauri::command(rename_all = "snake_case")]
pub async fn set_idle(shell: State<'_, Shell>, idle: bool) -> Result<(), Problem> {
    shell.accounts()?.set_idle(idle).await;
    Ok(())
}
