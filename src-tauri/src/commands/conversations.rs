//! The conversation list, and how I have what is in it.

use crate::commands::Account;
use hearth_client::view::{Arrange, ConversationItem, Filter, ListOrder, ListSection, Problem};
use hearth_protocol::ids::{ConversationId, GroupId};

#[tauri::command(rename_all = "snake_case")]
pub async fn list_conversations(account: Account, filter: Filter, order: ListOrder, limit: u32) -> Result<Vec<ConversationItem>, Problem> {
    account.list_conversations(filter, order, limit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_sections(
    account: Account,
    filter: Filter,
    order: ListOrder,
    folded: Vec<Option<GroupId>>,
    limit: u32,
) -> Result<Vec<ListSection>, Problem> {
    account.list_sections(filter, order, &folded, limit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn arrange_conversation(account: Account, conversation: ConversationId, change: Arrange) -> Result<(), Problem> {
    account.arrange_conversation(conversation, change).await
}
