//! What people tell of themselves, and what I say of me.

use crate::commands::Account;
use hearth_client::view::{OwnProfileView, Problem, ProfileView};
use hearth_protocol::{
    Millis,
    ids::UserId,
    profile::{PrivacyField, SeenBy},
};

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
pub async fn set_privacy(account: Account, field: PrivacyField, to: SeenBy) -> Result<(), Problem> {
    account.set_privacy(field, to).await
}
