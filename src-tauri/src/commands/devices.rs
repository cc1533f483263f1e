//! My devices.

use crate::shell::Shell;
use hearth_client::view::{DeviceView, Problem};
use hearth_protocol::ids::DeviceId;
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_devices(shell: State<'_, Shell>) -> Result<Vec<DeviceView>, Problem> {
    shell.client()?.list_devices().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn refresh_devices(shell: State<'_, Shell>) -> Result<Vec<DeviceView>, Problem> {
    shell.client()?.refresh_devices().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn rename_device(shell: State<'_, Shell>, device: DeviceId, name: String) -> Result<(), Problem> {
    shell.client()?.rename_device(device, &name).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_out_device(shell: State<'_, Shell>, device: DeviceId) -> Result<(), Problem> {
    shell.client()?.sign_out_device(device).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_out_others(shell: State<'_, Shell>) -> Result<(), Problem> {
    shell.client()?.sign_out_others().await
}
