//! Two-step sign-in.

use crate::shell::Shell;
use hearth_client::view::{Me, Problem, TwoStepSetUp};
use hearth_protocol::Millis;
use tauri::State;
use zeroize::Zeroizing;

#[tauri::command(rename_all = "snake_case")]
pub async fn finish_sign_in(shell: State<'_, Shell>, code: String) -> Result<Me, Problem> {
    shell.client()?.finish_sign_in(&code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn get_two_step(shell: State<'_, Shell>) -> Result<Option<Millis>, Problem> {
    shell.client()?.two_step_since().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn begin_two_step(shell: State<'_, Shell>, password: String) -> Result<TwoStepSetUp, Problem> {
    shell.client()?.begin_two_step(Zeroizing::new(password)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn confirm_two_step(shell: State<'_, Shell>, code: String) -> Result<Vec<String>, Problem> {
    shell.client()?.confirm_two_step(&code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn turn_off_two_step(shell: State<'_, Shell>, password: String, code: String) -> Result<(), Problem> {
    shell.client()?.turn_off_two_step(Zeroizing::new(password), &code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn renew_recovery_codes(shell: State<'_, Shell>, password: String, code: String) -> Result<Vec<String>, Problem> {
    shell.client()?.renew_recovery_codes(Zeroizing::new(password), &code).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn count_recovery_codes(shell: State<'_, Shell>) -> Result<u32, Problem> {
    shell.client()?.count_recovery_codes().await
}
