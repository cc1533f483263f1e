//! What waits for its time.

use crate::commands::Account;
use hearth_client::view::{Problem, ScheduledView};
use hearth_protocol::{
    Millis,
    ids::{ConversationId, MessageId},
};

/// When this returns, it lies in the outbox on disk; the server sends it at its time.
#[tauri::command(rename_all = "snake_case")]
pub async fn schedule_message(
    account: Account,
    conversation: ConversationId,
    text: String,
    reply_to: Option<MessageId>,
    send_at: Millis,
) -> Result<MessageId, Problem> {
    account.schedule_message(conversation, &text, reply_to, send_at).await
}

/// What is left out stays; with neither it is sent now, as it is by then.
#[tauri::command(rename_all = "snake_case")]
pub async fn change_scheduled(
    account: Account,
    conversation: ConversationId,
    message: MessageId,
    based_on: u32,
    text: Option<String>,
    send_at: Option<Millis>,
) -> Result<(), Problem> {
    match (text, send_at) {
        (None, None) => account.send_scheduled(conversation, message).await,
        (text, send_at) => account.change_scheduled(conversation, message, based_on, text.as_deref(), send_at).await,
    }
}

#[tauri::command(rename_all = "snake_case")]
pub async fn cancel_scheduled(account: Account, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
    account.cancel_scheduled(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_scheduled(account: Account, conversation: Option<ConversationId>) -> Result<Vec<ScheduledView>, Problem> {
    account.list_scheduled(conversation).await
}
