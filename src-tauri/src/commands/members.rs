//! A conversation of several people: what it is called, and who is in it.

use crate::commands::Account;
use hearth_client::view::{MembersView, Problem};
use hearth_protocol::{
    ids::{ConversationId, UserId},
    rows::MemberRole,
};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_members(account: Account, conversation: ConversationId) -> Result<MembersView, Problem> {
    account.list_members(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn edit_conversation(
    account: Account,
    conversation: ConversationId,
    name: Option<String>,
    topic: Option<String>,
) -> Result<(), Problem> {
    account.edit_conversation(conversation, name.as_deref(), topic.as_deref()).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_conversation_picture(account: Account, conversation: ConversationId, image: String) -> Result<(), Problem> {
    account.set_conversation_picture(conversation, &image).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_conversation_picture(account: Account, conversation: ConversationId) -> Result<(), Problem> {
    account.remove_conversation_picture(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_shared_history(account: Account, conversation: ConversationId, on: bool) -> Result<(), Problem> {
    account.set_shared_history(conversation, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_conversation(account: Account, conversation: ConversationId) -> Result<(), Problem> {
    account.delete_conversation(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn add_members(account: Account, conversation: ConversationId, people: Vec<UserId>) -> Result<(), Problem> {
    account.add_members(conversation, people).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_member(account: Account, conversation: ConversationId, member: UserId) -> Result<(), Problem> {
    account.remove_member(conversation, member).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn set_member_role(account: Account, conversation: ConversationId, member: UserId, role: MemberRole) -> Result<(), Problem> {
    account.set_member_role(conversation, member, role).await
}
