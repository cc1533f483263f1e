//! My devices.

use crate::commands::Account;
use hearth_client::view::{DeviceView, Problem};
use hearth_protocol::ids::DeviceId;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_devices(account: Account) -> Result<Vec<DeviceView>, Problem> {
    account.list_devices().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn refresh_devices(account: Account) -> Result<Vec<DeviceView>, Problem> {
    account.refresh_devices().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn rename_device(account: Account, device: DeviceId, name: String) -> Result<(), Problem> {
    account.rename_device(device, &name).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_out_device(account: Account, device: DeviceId) -> Result<(), Problem> {
    account.sign_out_device(device).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_out_others(account: Account) -> Result<(), Problem> {
    account.sign_out_others().await
}
