//! Why somebody was told of a message, or not.

use crate::commands::Account;
use hearth_client::view::{Problem, WhyView};
use hearth_protocol::ids::{ConversationId, MessageId};

#[tauri::command(rename_all = "snake_case")]
pub async fn why_told(account: Account, conversation: ConversationId, message: MessageId) -> Result<WhyView, Problem> {
    account.why_told(conversation, message).await
}
