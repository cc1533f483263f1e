//! Groups, their channels, and conversations of several people.

use crate::shell::Shell;
use hearth_client::{
    NewChannel,
    view::{GroupMemberView, GroupView, Problem},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    rows::MemberRole,
};
use tauri::State;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_groups(shell: State<'_, Shell>) -> Result<Vec<GroupView>, Problem> {
    shell.client()?.list_groups().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_group_members(shell: State<'_, Shell>, group: GroupId) -> Result<Vec<GroupMemberView>, Problem> {
    shell.client()?.list_group_members(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn create_conversation(shell: State<'_, Shell>, name: String, members: Vec<UserId>) -> Result<ConversationId, Problem> {
    shell.client()?.create_conversation(&name, members).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn create_group(shell: State<'_, Shell>, name: String, about: String) -> Result<GroupId, Problem> {
    shell.client()?.create_group(&name, &about).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn create_channel(
    shell: State<'_, Shell>,
    group: GroupId,
    name: String,
    topic: String,
    private: bool,
    members: Vec<UserId>,
) -> Result<ConversationId, Problem> {
    shell.client()?.create_channel(NewChannel { group, name, topic, private, members }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn add_group_members(shell: State<'_, Shell>, group: GroupId, people: Vec<UserId>) -> Result<(), Problem> {
    shell.client()?.add_group_members(group, people).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn leave_group(shell: State<'_, Shell>, group: GroupId) -> Result<(), Problem> {
    shell.client()?.leave_group(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn edit_group(shell: State<'_, Shell>, group: GroupId, name: Option<String>, about: Option<String>) -> Result<(), Problem> {
    shell.client()?.edit_group(group, name.as_deref(), about.as_deref()).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_group_role(shell: State<'_, Shell>, group: GroupId, person: UserId, role: MemberRole) -> Result<(), Problem> {
    shell.client()?.set_group_role(group, person, role).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn hand_over_group(shell: State<'_, Shell>, group: GroupId, to: UserId) -> Result<(), Problem> {
    shell.client()?.hand_over_group(group, to).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_group_member(shell: State<'_, Shell>, group: GroupId, person: UserId) -> Result<(), Problem> {
    shell.client()?.remove_group_member(group, person).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_group(shell: State<'_, Shell>, group: GroupId) -> Result<(), Problem> {
    shell.client()?.delete_group(group).await
}
