//! Groups, their channels, and conversations of several people.

use crate::commands::Account;
use hearth_client::{
    NewChannel,
    view::{GroupMemberView, GroupView, Problem},
};
use hearth_protocol::{
    ids::{ConversationId, GroupId, UserId},
    rows::MemberRole,
};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_groups(account: Account) -> Result<Vec<GroupView>, Problem> {
    account.list_groups().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_group_members(account: Account, group: GroupId) -> Result<Vec<GroupMemberView>, Problem> {
    account.list_group_members(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn create_conversation(account: Account, name: String, members: Vec<UserId>) -> Result<ConversationId, Problem> {
    account.create_conversation(&name, members).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn create_group(account: Account, name: String, about: String) -> Result<GroupId, Problem> {
    account.create_group(&name, &about).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn create_channel(
    account: Account,
    group: GroupId,
    name: String,
    topic: String,
    private: bool,
    members: Vec<UserId>,
) -> Result<ConversationId, Problem> {
    account.create_channel(NewChannel { group, name, topic, private, members }).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn add_group_members(account: Account, group: GroupId, people: Vec<UserId>) -> Result<(), Problem> {
    account.add_group_members(group, people).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn leave_group(account: Account, group: GroupId) -> Result<(), Problem> {
    account.leave_group(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn edit_group(account: Account, group: GroupId, name: Option<String>, about: Option<String>) -> Result<(), Problem> {
    account.edit_group(group, name.as_deref(), about.as_deref()).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_group_role(account: Account, group: GroupId, person: UserId, role: MemberRole) -> Result<(), Problem> {
    account.set_group_role(group, person, role).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn hand_over_group(account: Account, group: GroupId, to: UserId) -> Result<(), Problem> {
    account.hand_over_group(group, to).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_group_member(account: Account, group: GroupId, person: UserId) -> Result<(), Problem> {
    account.remove_group_member(group, person).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_group(account: Account, group: GroupId) -> Result<(), Problem> {
    account.delete_group(group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_group_picture(account: Account, group: GroupId, image: String) -> Result<(), Problem> {
    account.set_group_picture(group, &image).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_group_picture(account: Account, group: GroupId) -> Result<(), Problem> {
    account.remove_group_picture(group).await
}
