//! Collections of messages.

use crate::commands::Account;
use hearth_client::view::{CollectionList, Problem, StarredPage};
use hearth_protocol::ids::{CollectionId, ConversationId, MessageId};

#[tauri::command(rename_all = "snake_case")]
pub async fn create_collection(account: Account, name: String) -> Result<CollectionId, Problem> {
    account.create_collection(&name).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn rename_collection(account: Account, collection: CollectionId, name: String) -> Result<(), Problem> {
    account.rename_collection(collection, &name).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_collection(account: Account, collection: CollectionId) -> Result<(), Problem> {
    account.delete_collection(collection).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn collect(
    account: Account,
    collection: CollectionId,
    conversation: ConversationId,
    message: MessageId,
    on: bool,
) -> Result<(), Problem> {
    account.collect(collection, conversation, message, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_collections(account: Account, message: Option<MessageId>) -> Result<CollectionList, Problem> {
    account.list_collections(message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_collected(account: Account, collection: CollectionId, limit: u32) -> Result<StarredPage, Problem> {
    account.list_collected(collection, limit).await
}
