//! Codes by mail, passwords and addresses.

use crate::shell::Shell;
use hearth_client::view::{EmailView, Me, PasswordRating, Problem};
use hearth_protocol::code::CodePurpose;
use tauri::State;
use zeroize::Zeroizing;

/// Gives back whether codes go out by mail.
#[tauri::command(rename_all = "snake_case")]
pub async fn ask_code(shell: State<'_, Shell>, purpose: CodePurpose, username: String) -> Result<bool, Problem> {
    shell.client()?.ask_code(purpose, &username).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_in_with_code(shell: State<'_, Shell>, username: String, code: String) -> Result<Me, Problem> {
    shell.client()?.sign_in_with_code(&username, &code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn reset_password(shell: State<'_, Shell>, username: String, code: String, password: String) -> Result<(), Problem> {
    shell.client()?.reset_password(&username, &code, Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn change_password(shell: State<'_, Shell>, current: String, password: String) -> Result<(), Problem> {
    shell.client()?.change_password(Zeroizing::new(current), Zeroizing::new(password)).await
}

/// Computed on a thread of its own: it is asked at every key.
#[tauri::command(rename_all = "snake_case")]
pub async fn rate_password(password: String, about: Vec<String>) -> Result<PasswordRating, Problem> {
    let password = Zeroizing::new(password);
    let rating = tokio::task::spawn_blocking(move || hearth_client::rate_password(&password, &about));
    rating.await.map_err(Problem::internal)
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_email(shell: State<'_, Shell>) -> Result<Option<EmailView>, Problem> {
    shell.client()?.own_email().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn change_email(shell: State<'_, Shell>, email: String, password: String) -> Result<bool, Problem> {
    shell.client()?.change_email(&email, Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn resend_email_code(shell: State<'_, Shell>) -> Result<bool, Problem> {
    shell.client()?.resend_email_code().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn confirm_email(shell: State<'_, Shell>, purpose: CodePurpose, code: String) -> Result<(), Problem> {
    shell.client()?.confirm_email(purpose, &code).await
}
