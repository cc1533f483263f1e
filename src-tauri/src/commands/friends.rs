//! Contacts, friend requests and blocks.

use crate::commands::Account;
use hearth_client::view::{FriendsView, Problem};
use hearth_protocol::ids::{GroupId, InvitationId, UserId};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_friends(account: Account) -> Result<FriendsView, Problem> {
    account.list_friends().await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn request_friend(account: Account, to: UserId, note: String) -> Result<(), Problem> {
    account.request_friend(to, &note).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn answer_invitation(account: Account, id: InvitationId, accept: bool) -> Result<(), Problem> {
    account.answer_invitation(id, accept).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn invite_to_group(account: Account, group: GroupId, people: Vec<UserId>, note: String) -> Result<(), Problem> {
    account.invite_to_group(group, &people, &note).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn withdraw_invitation(account: Account, id: InvitationId, group: Option<GroupId>) -> Result<(), Problem> {
    account.withdraw_invitation(id, group).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn remove_contact(account: Account, user: UserId) -> Result<(), Problem> {
    account.remove_contact(user).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn block_user(account: Account, user: UserId) -> Result<(), Problem> {
    account.block_user(user).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn unblock_user(account: Account, user: UserId) -> Result<(), Problem> {
    account.unblock_user(user).await
}
