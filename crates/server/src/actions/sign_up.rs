use super::{Admission, Command, CreateAccount, change_email::check_wanted, keep_language, sign_in::open_session};
use crate::{
    address,
    admin::good_invite,
    app::App,
    clock,
    commit::Request,
    names,
    post::Errand,
    secret,
    store::{
        account::{self, NewAccount},
        login, role,
    },
};
use hearth_protocol::{
    account::{SignUp, SignedIn},
    admin::SignUpPolicy,
    code::CodePurpose,
    error::{ApiError, ErrorCode},
    ids::{MutationId, UserId},
    role::Role,
    rows::AccountRow,
};
use hearth_words::Spoken;
use std::net::IpAddr;

/// Makes an account and signs it in.
pub(crate) async fn sign_up(app: &App, request: SignUp, address: IpAddr, spoken: Option<Spoken>) -> Result<SignedIn, ApiError> {
    app.rates().sign_up(address)?;
    let username = names::username(&request.username)?;
    let username_key = names::fold(&username);
    let first_name = names::person_name(&request.first_name, true)?;
    let last_name = names::person_name(&request.last_name, false)?;
    let email = check_wanted(app.settings().email, request.email.as_deref())?;
    let (admission, role) = admission(app, request.set_up_code.as_deref(), request.invite.as_deref()).await?;
    let (role, role_waits) = by_address(app, admission, role, email.as_deref())?;
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
    let password_hash = app.installation.passwords.hash_new(request.password, app.password_chars_min(), about).await?;
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
        role,
        role_waits,
        email,
        external: None,
        created_at,
    };
    let account = make(app, account, admission).await?;
    prove_address(app, &account, spoken).await?;
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

/// Sends the code that proves the address, if there is one, in the language of the app that signs up.
pub(super) async fn prove_address(app: &App, account: &AccountRow, spoken: Option<Spoken>) -> Result<(), ApiError> {
    if let Some(spoken) = spoken {
        keep_language(app, account.user, spoken).await?;
    }
    let Some(email) = &account.email else { return Ok(()) };
    let (username, address) = (account.username.clone(), email.address.clone());
    let proof = Errand::Proof { user: account.user, username, purpose: CodePurpose::VerifyEmail, address };
    if let Err(error) = app.post.leave(proof) {
        // The account is there; its person asks for the code again.
        tracing::warn!(%error, "the code for a new account was not sent");
    }
    Ok(())
}

/// On what ground somebody new is let in, and what they are then.
///
/// # Errors
/// `invite_required` where it takes an invitation, and for one that is not good; `sign_up_closed`.
pub(super) async fn admission(app: &App, code: Option<&str>, invite: Option<&str>) -> Result<(Admission, Role), ApiError> {
    let (settings, mut snapshot) = (app.settings(), app.store().snapshot().await?);
    let given = role::described(&mut snapshot, settings.default_role).await?.map_or(Role::Member, |_| settings.default_role);
    if !account::admin_exists(&mut snapshot).await? {
        let founder = match (&app.set_up_code, code) {
            (None, _) => true,
            (Some(expected), Some(code)) => secret::same_code(expected, code),
            (Some(_), None) => false,
        };
        return Ok((if founder { Admission::Founder } else { Admission::Open }, given));
    }
    let secret = invite.map(str::trim).filter(|invite| !invite.is_empty());
    match (settings.sign_up, secret) {
        (SignUpPolicy::Closed, _) => {
            let message = "This server takes no new people by itself. Ask its owner for an account.";
            Err(ApiError::new(ErrorCode::SignUpClosed, message))
        }
        (_, Some(secret)) => {
            let invite = good_invite(&mut snapshot, secret, clock::now()).await?;
            Ok((Admission::Invited(invite.id), invite.role))
        }
        (SignUpPolicy::Open, None) => Ok((Admission::Open, given)),
        (SignUpPolicy::Invited, None) => {
            let message = "Signing up here takes an invitation. Ask somebody who runs this server for one.";
            Err(ApiError::new(ErrorCode::InviteRequired, message))
        }
    }
}

/// Where people are taken by their addresses, somebody new is a guest until theirs is verified, and what they are then waits. Whom an
/// invitation or the set-up code lets in needs none.
pub(super) fn by_address(app: &App, admission: Admission, role: Role, email: Option<&str>) -> Result<(Role, Option<Role>), ApiError> {
    let domains = &app.settings().mail_domains;
    if domains.is_empty() || admission != Admission::Open {
        return Ok((role, None));
    }
    if email.is_none_or(|email| !address::is_of(email, domains)) {
        return Err(ApiError::new(ErrorCode::InvalidEmail, format!("Signing up here takes an address of {}.", domains.join(", "))));
    }
    Ok((Role::Guest, Some(role)))
}
