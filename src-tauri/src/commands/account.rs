//! Signing up, in and out, and opening what is locked.

use crate::{commands::Account, setup};
use hearth_client::{
    SignUpForm,
    view::{AccountId, Me, Problem},
};
use tauri::AppHandle;
use zeroize::Zeroizing;

#[expect(clippy::too_many_arguments, reason = "each is a field of the page's form")]
#[tauri::command(rename_all = "snake_case")]
pub async fn sign_up(
    account: Account,
    username: String,
    first_name: String,
    last_name: String,
    password: String,
    email: Option<String>,
    set_up_code: Option<String>,
    invite: Option<String>,
) -> Result<Me, Problem> {
    let password = Zeroizing::new(password);
    account.sign_up(SignUpForm { username, first_name, last_name, password, email, set_up_code, invite }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_in(account: Account, username: String, password: String) -> Result<Me, Problem> {
    account.sign_in(&username, Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_out(account: Account) -> Result<(), Problem> {
    account.sign_out().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn deactivate_account(account: Account, password: String) -> Result<(), Problem> {
    account.deactivate_account(Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_account(app: AppHandle, account: Account, password: String) -> Result<AccountId, Problem> {
    account.delete_account(Zeroizing::new(password)).await?;
    setup::remove_account(&app, account.account()).await
}

/// What this computer has of an account that nobody is signed in to. Returns which one is to be shown now.
#[tauri::command(rename_all = "snake_case")]
pub async fn remove_account(app: AppHandle, account: Account) -> Result<AccountId, Problem> {
    setup::remove_account(&app, account.account()).await
}

/// One more account, to be shown next.
#[tauri::command(rename_all = "snake_case")]
pub async fn add_account(app: AppHandle) -> Result<AccountId, Problem> {
    setup::add_account(&app).await
}

/// Without a passphrase the keychain is tried again.
#[tauri::command(rename_all = "snake_case")]
pub async fn unlock(account: Account, passphrase: Option<String>) -> Result<(), Problem> {
    account.unlock(passphrase.map(Zeroizing::new)).await
}
