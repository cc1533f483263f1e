use super::{Admission, Command, CreateAccount, change_email::check_wanted, sign_in::open_session};
use crate::{
    app::App,
    clock,
    commit::Request,
    names,
    post::Errand,
    secret,
    store::{
        account::{self, NewAccount},
        login,
    },
};
use hearth_protocol::{
    account::{SignUp, SignedIn},
    code::CodePurpose,
    error::{ApiError, ErrorCode},
    ids::{MutationId, UserId},
    rows::{AccountRow, Role},
};
use std::net::IpAddr;

/// Makes an account and signs it in.
pub(crate) async fn sign_up(app: &App, request: SignUp, address: IpAddr) -> Result<SignedIn, ApiError> {
    app.rates.sign_up(address)?;
    let username = names::username(&request.username)?;
    let username_key = names::fold(&username);
    let first_name = names::person_name(&request.first_name, true)?;
    let last_name = names::person_name(&request.last_name, false)?;
    let email = check_wanted(app.email, request.email.as_deref())?;
    let admission = admission(app, request.set_up_code.as_deref()).await?;
    {
        // Asked before the costly hash; the committer asks again.
        let mut snapshot = app.store().snapshot().await?;
        if account::is_taken(&mut snapshot, &username_key).await? {
            return Err(ApiError::new(
                ErrorCode::UsernameTaken,
                "Somebody has this username already, or one that looks the same. Choose another one.",
            ));
        }
    }
    let about = vec![username.clone(), first_name.clone(), last_name.clone()];
    let password_hash = app.installation.passwords.hash_new(request.password, app.password_chars_min, about).await?;
    let id = UserId::new();
    let search_key = names::search_key(&username, &first_name, &last_name);
    let created_at = clock::now();
    let account = NewAccount {
        id,
        username,
        username_key,
        first_name,
        last_name,
        search_key,
        password_hash: Some(password_hash),
        role: Role::Member,
        email,
        external: None,
        created_at,
    };
    let account = make(app, account, admission).await?;
    prove_address(app, &account);
    open_session(app, account, request.device).await
}

/// Has an account that was checked made; the committer checks again what others may have been quicker with.
pub(super) async fn make(app: &App, account: NewAccount, admission: Admission) -> Result<AccountRow, ApiError> {
    let (id, at) = (account.id, Some(account.created_at));
    let command = Command::CreateAccount(Box::new(CreateAccount { account, admission }));
    app.installation.committer.perform(id, Request { id: MutationId::new(), actor: id, after: None, command, at }).await?;
    let found = login::credentials_of(&mut *app.store().snapshot().await?, id).await?;
    found.map(|(account, _)| account).ok_or_else(ApiError::not_found)
}

/// Sends the code that proves the address, if there is one.
pub(super) fn prove_address(app: &App, account: &AccountRow) {
    let Some(email) = &account.email else { return };
    let (username, address) = (account.username.clone(), email.address.clone());
    let proof = Errand::Proof { user: account.user, username, purpose: CodePurpose::VerifyEmail, address };
    if let Err(error) = app.post.leave(proof) {
        // The account is there; its person asks for the code again.
        tracing::warn!(%error, "the code for a new account was not sent");
    }
}

pub(super) async fn admission(app: &App, code: Option<&str>) -> Result<Admission, ApiError> {
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
