//! Two-step sign-in.

use crate::commands::Account;
use hearth_client::view::{Me, Problem, TwoStepSetUp};
use hearth_protocol::Millis;
use zeroize::Zeroizing;

#[tauri::command(rename_all = "snake_case")]
pub async fn finish_sign_in(account: Account, code: String) -> Result<Me, Problem> {
    account.finish_sign_in(&code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_two_step(account: Account) -> Result<Option<Millis>, Problem> {
    account.two_step_since().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn begin_two_step(account: Account, password: String) -> Result<TwoStepSetUp, Problem> {
    account.begin_two_step(Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn confirm_two_step(account: Account, code: String) -> Result<Vec<String>, Problem> {
    account.confirm_two_step(&code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn turn_off_two_step(account: Account, password: String, code: String) -> Result<(), Problem> {
    account.turn_off_two_step(Zeroizing::new(password), &code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn renew_recovery_codes(account: Account, password: String, code: String) -> Result<Vec<String>, Problem> {
    account.renew_recovery_codes(Zeroizing::new(password), &code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn count_recovery_codes(account: Account) -> Result<u32, Problem> {
    account.count_recovery_codes().await
}
