//! Links by which people join a group.

use crate::commands::Account;
use hearth_client::view::{InviteLinkView, InviteView, Problem};
use hearth_protocol::{
    ids::{GroupId, InviteLinkId},
    rows::MemberRole,
};

#[tauri::command(rename_all = "snake_case")]
pub async fn create_invite_link(
    account: Account,
    group: GroupId,
    role: MemberRole,
    lives_ms: i64,
    uses: u32,
) -> Result<InviteLinkView, Problem> {
    account.create_invite_link(group, role, lives_ms, uses).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_invite_links(account: Account, group: GroupId) -> Result<Vec<InviteLinkView>, Problem> {
    account.list_invite_links(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn revoke_invite_link(account: Account, id: InviteLinkId) -> Result<(), Problem> {
    account.revoke_invite_link(id).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn look_at_invite(account: Account, link: String) -> Result<InviteView, Problem> {
    account.look_at_invite(&link).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn join_by_link(account: Account, link: String) -> Result<GroupId, Problem> {
    account.join_by_link(&link).await
}
