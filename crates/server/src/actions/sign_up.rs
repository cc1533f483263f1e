use super::{Admission, Command, CreateAccount, sign_in::open_session};
use crate::{
    app::App,
    clock,
    commit::Request,
    names, passwords, secret,
    store::account::{self, NewAccount},
};
use hearth_protocol::{
    account::{SignUp, SignedIn},
    error::{ApiError, ErrorCode},
    ids::{MutationId, UserId},
    rows::Role,
};
use std::net::IpAddr;

/// Makes an account and signs it in.
pub(crate) async fn sign_up(app: &App, request: SignUp, address: IpAddr) -> Result<SignedIn, ApiError> {
    app.rates.sign_up(address)?;
    let username = names::username(&request.username)?;
    let username_key = names::fold(&username);
    let first_name = names::person_name(&request.first_name, true)?;
    let last_name = names::person_name(&request.last_name, false)?;
    passwords::check(&request.password, &username_key)?;
    let admission = admission(app, request.set_up_code.as_deref()).await?;
    {
        // Asked before the costly hash; the committer asks again.
        let mut snapshot = app.store().snapshot().await?;
        if account::is_taken(&mut snapshot, &username_key).await? {
            return Err(ApiError::new(ErrorCode::UsernameTaken, "Somebody has this username already. Choose another one."));
        }
    }
    let password_hash = app.installation.passwords.hash(request.password).await?;
    let id = UserId::new();
    let search_key = names::search_key(&username, &first_name, &last_name);
    let created_at = clock::now();
    let account =
        NewAccount { id, username, username_key, first_name, last_name, search_key, password_hash, role: Role::Member, created_at };
    let username_key = account.username_key.clone();
    let command = Command::CreateAccount(Box::new(CreateAccount { account, admission }));
    app.installation
        .committer
        .perform(id, Request { id: MutationId::new(), actor: id, after: None, command, at: Some(created_at) })
        .await?;

    let mut snapshot = app.store().snapshot().await?;
    let Some((account, _)) = account::credentials(&mut snapshot, &username_key).await? else { return Err(ApiError::not_found()) };
    drop(snapshot);
    open_session(app, account, request.device).await
}

async fn admission(app: &App, code: Option<&str>) -> Result<Admission, ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    if account::admin_exists(&mut snapshot).await? {
        if !app.sign_up_open {
            let message = "This server takes no new people by itself. Ask its owner for an account.";
            return Err(ApiError::new(ErrorCode::SignUpClosed, message));
        }
        return Ok(Admission::Open);
    }
    match (&app.set_up_code, code) {
        (None, _) => Ok(Admission::Founder),
        (Some(expected), Some(code)) if secret::same_code(expected, code) => Ok(Admission::Founder),
        _ => Ok(Admission::Open),
    }
}
