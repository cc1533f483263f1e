//! What one writes.

use crate::commands::Account;
use hearth_client::view::{ChannelView, EveryoneView, PersonView, Problem, ReactorsView};
use hearth_protocol::ids::{ConversationId, MessageId, MutationId};

/// When this returns, the message lies in the outbox on disk.
#[tauri::command(rename_all = "snake_case")]
pub async fn send_message(
    account: Account,
    conversation: ConversationId,
    text: String,
    reply_to: Option<MessageId>,
) -> Result<MessageId, Problem> {
    match reply_to {
        Some(original) => account.reply_to_message(conversation, original, &text).await,
        None => account.send_message(conversation, &text).await,
    }
}

/// When this returns, all of it lies in the outbox on disk; `comment` may be empty.
#[tauri::command(rename_all = "snake_case")]
pub async fn forward_message(
    account: Account,
    conversation: ConversationId,
    message: MessageId,
    to: Vec<ConversationId>,
    comment: String,
) -> Result<(), Problem> {
    account.forward_message(conversation, message, &to, &comment).await
}

/// Shows at once; `instead_of` is an edit of mine that was refused.
#[tauri::command(rename_all = "snake_case")]
pub async fn edit_message(
    account: Account,
    conversation: ConversationId,
    message: MessageId,
    text: String,
    instead_of: Option<MutationId>,
) -> Result<MutationId, Problem> {
    account.edit_message(conversation, message, &text, instead_of).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn delete_message(account: Account, conversation: ConversationId, message: MessageId) -> Result<(), Problem> {
    account.delete_message(conversation, message).await
}

/// Shows at once; `on: false` takes it back.
#[tauri::command(rename_all = "snake_case")]
pub async fn react(account: Account, conversation: ConversationId, message: MessageId, emoji: String, on: bool) -> Result<(), Problem> {
    account.react(conversation, message, &emoji, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_reactions(account: Account, conversation: ConversationId, message: MessageId) -> Result<Vec<ReactorsView>, Problem> {
    account.list_reactions(conversation, message).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_nameable(account: Account, conversation: ConversationId) -> Result<Vec<PersonView>, Problem> {
    account.list_nameable(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_nameable_channels(account: Account, conversation: ConversationId) -> Result<Vec<ChannelView>, Problem> {
    account.list_nameable_channels(conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn look_at_everyone(account: Account, conversation: ConversationId, text: String) -> Result<EveryoneView, Problem> {
    account.look_at_everyone(conversation, &text).await
}

/// `root`: what is being written in its thread.
#[tauri::command(rename_all = "snake_case")]
pub async fn save_draft(
    account: Account,
    conversation: ConversationId,
    root: Option<MessageId>,
    text: String,
    reply_to: Option<MessageId>,
) -> Result<(), Problem> {
    match root {
        Some(root) => account.save_thread_draft(conversation, root, &text, reply_to).await,
        None => account.save_draft(conversation, &text, reply_to).await,
    }
}

/// Said as often as one types; those who are there hear of it now and then.
#[tauri::command(rename_all = "snake_case")]
pub async fn typing(account: Account, conversation: ConversationId) -> Result<(), Problem> {
    account.typing(conversation).await
}
