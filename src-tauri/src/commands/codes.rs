//! Codes by mail, passwords and addresses.

use crate::commands::Account;
use hearth_client::view::{EmailView, Me, PasswordRating, Problem};
use hearth_protocol::code::CodePurpose;
use zeroize::Zeroizing;

/// Gives back whether codes go out by mail.
#[tauri::command(rename_all = "snake_case")]
pub async fn ask_code(account: Account, purpose: CodePurpose, username: String) -> Result<bool, Problem> {
    account.ask_code(purpose, &username).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_in_with_code(account: Account, username: String, code: String) -> Result<Me, Problem> {
    account.sign_in_with_code(&username, &code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn reset_password(account: Account, username: String, code: String, password: String) -> Result<(), Problem> {
    account.reset_password(&username, &code, Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn change_password(account: Account, current: String, password: String) -> Result<(), Problem> {
    account.change_password(Zeroizing::new(current), Zeroizing::new(password)).await
}

/// Computed on a thread of its own: it is asked at every key.
#[tauri::command(rename_all = "snake_case")]
pub async fn rate_password(password: String, about: Vec<String>) -> Result<PasswordRating, Problem> {
    let password = Zeroizing::new(password);
    let rating = tokio::task::spawn_blocking(move || hearth_client::rate_password(&password, &about));
    rating.await.map_err(Problem::internal)
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_email(account: Account) -> Result<Option<EmailView>, Problem> {
    account.own_email().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn change_email(account: Account, email: String, password: String) -> Result<bool, Problem> {
    account.change_email(&email, Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_email(account: Account, password: String) -> Result<(), Problem> {
    account.remove_email(Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn resend_email_code(account: Account) -> Result<bool, Problem> {
    account.resend_email_code().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn confirm_email(account: Account, purpose: CodePurpose, code: String) -> Result<(), Problem> {
    account.confirm_email(purpose, &code).await
}
