//! Administering the server, for those whose role allows it.

use crate::commands::Account;
use hearth_client::{
    api::AccountDeed,
    view::{AdminPeoplePage, AuditPageView, NewServerInvite, Problem, ServerInviteView, Standing},
};
use hearth_protocol::{
    admin::{CreateServerInvite, ListPeople, PeopleState, ResetMade, RoleListed, RoleWanted, ServerSettings, SettingsSeen},
    ids::{RoleId, ServerInviteId, UserId},
    role::{Permission, Role},
};

#[tauri::command(rename_all = "snake_case")]
pub async fn get_standing(account: Account) -> Result<Standing, Problem> {
    account.standing().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_people(account: Account, query: String, state: PeopleState, after: Option<String>) -> Result<AdminPeoplePage, Problem> {
    account.admin_people(&ListPeople { q: query, state, after }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_give_role(account: Account, user: UserId, role: Role) -> Result<(), Problem> {
    account.give_role(user, role).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_deactivate(account: Account, user: UserId) -> Result<(), Problem> {
    account.administer(user, AccountDeed::Deactivate).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_reactivate(account: Account, user: UserId) -> Result<(), Problem> {
    account.administer(user, AccountDeed::Reactivate).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_sign_out(account: Account, user: UserId) -> Result<(), Problem> {
    account.administer(user, AccountDeed::SignOut).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_turn_off_two_step(account: Account, user: UserId) -> Result<(), Problem> {
    account.administer(user, AccountDeed::TurnOffTwoStep).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_reset(account: Account, user: UserId) -> Result<ResetMade, Problem> {
    account.make_reset(user).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_roles(account: Account) -> Result<Vec<RoleListed>, Problem> {
    account.roles().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_create_role(account: Account, name: String, permissions: Vec<Permission>) -> Result<RoleId, Problem> {
    account.create_role(&RoleWanted { name, permissions: permissions.into_iter().collect() }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_change_role(account: Account, id: RoleId, name: String, permissions: Vec<Permission>) -> Result<(), Problem> {
    account.change_role(id, &RoleWanted { name, permissions: permissions.into_iter().collect() }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_delete_role(account: Account, id: RoleId) -> Result<(), Problem> {
    account.delete_role(id).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_settings(account: Account) -> Result<SettingsSeen, Problem> {
    account.server_settings().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_change_settings(account: Account, settings: ServerSettings) -> Result<SettingsSeen, Problem> {
    account.change_server_settings(&settings).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_invites(account: Account) -> Result<Vec<ServerInviteView>, Problem> {
    account.server_invites().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_create_invite(account: Account, role: Role, lives_ms: i64, uses: u32) -> Result<NewServerInvite, Problem> {
    account.create_server_invite(&CreateServerInvite { role, lives_ms, uses }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_revoke_invite(account: Account, id: ServerInviteId) -> Result<(), Problem> {
    account.revoke_server_invite(id).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn admin_audit(account: Account, before: Option<u64>) -> Result<AuditPageView, Problem> {
    account.audit_log(before).await
}
