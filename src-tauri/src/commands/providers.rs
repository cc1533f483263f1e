//! Signing in by OpenID Connect providers, and the accounts there that are linked.

use crate::{
    commands::Account,
    links,
    words::{spoken, t},
};
use hearth_client::{
    ClosingPage, Errand, Visit,
    view::{Entrance, Me, Problem, WaysIn},
};
use hearth_protocol::{ids::ExternalAccountId, provider::ProviderInfo};
use zeroize::Zeroizing;

#[tauri::command(rename_all = "snake_case")]
pub async fn list_providers(account: Account) -> Result<Vec<ProviderInfo>, Problem> {
    account.list_providers().await
}

/// Answers when the browser has come back, which may take minutes.
#[tauri::command(rename_all = "snake_case")]
pub async fn sign_in_by_provider(account: Account, provider: String) -> Result<Entrance, Problem> {
    let visit = go(&account, &provider, Errand::SignIn).await?;
    account.enter_by_provider(visit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn cancel_provider(account: Account) -> Result<(), Problem> {
    account.cancel_visit();
    Ok(())
}

#[tauri::command(rename_all = "snake_case")]
pub async fn sign_up_by_provider(
    account: Account,
    username: String,
    first_name: String,
    last_name: String,
    set_up_code: Option<String>,
    invite: Option<String>,
) -> Result<Me, Problem> {
    account.sign_up_by_provider(username, first_name, last_name, (set_up_code, invite)).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn list_ways_in(account: Account) -> Result<WaysIn, Problem> {
    account.list_ways_in().await
}

/// As slow as signing in.
#[tauri::command(rename_all = "snake_case")]
pub async fn link_provider(account: Account, provider: String, password: String) -> Result<(), Problem> {
    let visit = go(&account, &provider, Errand::Link(Zeroizing::new(password))).await?;
    account.finish_visit(visit).await
}

/// Shows at a provider who one is, in place of a password that one does not have. As slow.
#[tauri::command(rename_all = "snake_case")]
pub async fn prove_by_provider(account: Account, provider: String) -> Result<(), Problem> {
    let visit = go(&account, &provider, Errand::Prove).await?;
    account.finish_visit(visit).await
}

#[tauri::command(rename_all = "snake_case")]
pub async fn unlink_external(account: Account, id: ExternalAccountId) -> Result<(), Problem> {
    account.unlink_external(id).await
}

async fn go(account: &Account, provider: &str, errand: Errand) -> Result<Visit, Problem> {
    let (title, done, cancelled) = (t("provider-title"), t("provider-done"), t("provider-cancelled"));
    let page = ClosingPage { title, done, cancelled, spoken: spoken() };
    let visit = account.visit_provider(provider, errand, page).await?;
    let url = visit.url().clone();
    tauri::async_runtime::spawn_blocking(move || links::hand_over(&url)).await.map_err(Problem::internal)??;
    Ok(visit)
}
