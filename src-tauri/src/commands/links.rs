//! Links by which people join a group.

use crate::shell::Shell;
use hearth_client::view::{InviteLinkView, InviteView, Problem};
use hearth_protocol::{
    ids::{GroupId, InviteLinkId},
    rows::MemberRole,
};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn create_invite_link(
    shell: State<'_, Shell>,
    group: GroupId,
    role: MemberRole,
    lives_ms: i64,
    uses: u32,
) -> Result<InviteLinkView, Problem> {
    shell.client()?.create_invite_link(group, role, lives_ms, uses).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_invite_links(shell: State<'_, Shell>, group: GroupId) -> Result<Vec<InviteLinkView>, Problem> {
    shell.client()?.list_invite_links(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn revoke_invite_link(shell: State<'_, Shell>, id: InviteLinkId) -> Result<(), Problem> {
    shell.client()?.revoke_invite_link(id).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn look_at_invite(shell: State<'_, Shell>, link: String) -> Result<InviteView, Problem> {
    shell.client()?.look_at_invite(&link).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn join_by_link(shell: State<'_, Shell>, link: String) -> Result<GroupId, Problem> {
    shell.client()?.join_by_link(&link).await
}
