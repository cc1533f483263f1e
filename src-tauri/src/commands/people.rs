//! Finding people, and talking to one.

use crate::commands::Account;
use hearth_client::view::{PersonView, Problem};
use hearth_protocol::ids::{ConversationId, UserId};

#[tauri::command(rename_all = "snake_case")]
pub async fn search_people(account: Account, query: String) -> Result<Vec<PersonView>, Problem> {
    account.search_people(&query).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn start_direct(account: Account, user: UserId) -> Result<ConversationId, Problem> {
    account.start_direct(user).await
}
