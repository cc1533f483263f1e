//! Signing up, in and out, and opening what is locked.

use crate::shell::Shell;
use hearth_client::{
    SignUpForm,
    view::{Me, Problem},
};
use tauri::State;
use zeroize::Zeroizing;

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_up(
    shell: State<'_, Shell>,
    username: String,
    first_name: String,
    last_name: String,
    password: String,
    email: Option<String>,
    set_up_code: Option<String>,
) -> Result<Me, Problem> {
    let password = Zeroizing::new(password);
    shell.client()?.sign_up(SignUpForm { username, first_name, last_name, password, email, set_up_code }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_in(shell: State<'_, Shell>, username: String, password: String) -> Result<Me, Problem> {
    shell.client()?.sign_in(&username, Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_out(shell: State<'_, Shell>) -> Result<(), Problem> {
    shell.client()?.sign_out().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_account(shell: State<'_, Shell>, password: String) -> Result<(), Problem> {
    shell.client()?.delete_account(Zeroizing::new(password)).await
}

/// What this computer has of an account that is deleted.
#[tauri::command(rename_all = "snake_case")]
pub async fn remove_account(shell: State<'_, Shell>) -> Result<(), Problem> {
    shell.client()?.remove_account().await
}

/// Without a passphrase the keychain is tried again.
#[tauri::command(rename_all = "snake_case")]
pub async fn unlock(shell: State<'_, Shell>, passphrase: Option<String>) -> Result<(), Problem> {
    shell.client()?.unlock(passphrase.map(Zeroizing::new)).await
}
