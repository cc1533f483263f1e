//! Threads.

use crate::commands::Account;
use hearth_client::view::{Problem, ThreadPage};
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
    in_conversation: bool,
) -> Result<MessageId, Problem> {
    account.say_in_thread(conversation, root, &text, in_conversation).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn follow_thread(account: Account, conversation: ConversationId, root: MessageId, on: bool) -> Result<(), Problem> {
    account.follow_thread(conversation, root, on).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn read_thread(account: Account, conversation: ConversationId, root: MessageId, pos: Pos) -> Result<(), Problem> {
    account.read_thread(conversation, root, pos).await
}
