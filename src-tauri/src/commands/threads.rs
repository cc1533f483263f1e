//! Threads.

use crate::commands::Account;
use hearth_client::view::{Problem, ThreadList, ThreadPage};
use hearth_protocol::{
    Pos,
    ids::{ConversationId, MessageId},
};

#[tauri::command(rename_all = "snake_case")]
pub async fn open_thread(
    account: Account,
    conversation: ConversationId,
    root: MessageId,
    before: Option<Pos>,
) -> Result<ThreadPage, Problem> {
    account.open_thread(conversation, root, before).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn say_in_thread(
    account: Account,
    conversation: ConversationId,
    root: MessageId,
    text: String,
    reply_to: Option<MessageId>,
    in_conversation: bool,
) -> Result<MessageId, Problem> {
    match reply_to {
        Some(original) => account.answer_in_thread(conversation, root, original, &text, in_conversation).await,
        None => account.say_in_thread(conversation, root, &text, in_conversation).await,
    }
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_threads(account: Account, limit: u32) -> Result<ThreadList, Problem> {
    account.list_threads(limit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn follow_thread(account: Account, conversation: ConversationId, root: MessageId, on: bool) -> Result<(), Problem> {
    account.follow_thread(conversation, root, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn read_thread(account: Account, conversation: ConversationId, root: MessageId, pos: Pos) -> Result<(), Problem> {
    account.read_thread(conversation, root, pos).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn unread_thread(
    account: Account,
    conversation: ConversationId,
    root: MessageId,
    from: Option<MessageId>,
) -> Result<(), Problem> {
    account.unread_thread(conversation, root, from).await
}
