use super::{Command, Context, Refusal, administer::with_role, bad_request, set_status::change_account};
use crate::{
    address,
    app::App,
    clock, codes,
    commit::{Request, View, change::Performed},
    post::{Letter, Text},
    store::{login, session::Session},
};
use hearth_protocol::{
    code::{CodePurpose, ConfirmEmail},
    error::{ApiError, ErrorCode},
    ids::MutationId,
    role::Role,
    rows::{AccountRow, Email},
};
use serde::Serialize;
use std::net::IpAddr;

/// Takes the code that was sent to an address: it is theirs.
pub(crate) async fn confirm_email(app: &App, session: Session, request: ConfirmEmail, address: IpAddr) -> Result<(), ApiError> {
    if !matches!(request.purpose, CodePurpose::VerifyEmail | CodePurpose::ChangeEmail) {
        return Err(bad_request("This code proves no address."));
    }
    app.rates().sign_in(&session.user.to_string(), (address, session.device))?;
    let found = login::credentials_of(&mut *app.store().snapshot().await?, session.user).await?;
    let (before, _) = found.ok_or_else(ApiError::not_found)?;
    let proved = codes::redeem(app, Some(session.user), request.purpose, &request.code).await?;
    let grants = before.role_waits.filter(|_| address::is_of(&proved, &app.settings().mail_domains));
    let email = Email { address: proved, verified_at: Some(clock::now()) };
    let command = Command::SetEmail(SetEmail { email: Some(email.clone()), grants });
    let request = Request { id: MutationId::new(), actor: session.user, after: None, command, at: None };
    app.installation.committer.perform(session.user, request).await?;
    let old = before.email.filter(|old| old.verified_at.is_some() && address::fold(&old.address) != address::fold(&email.address));
    if let Some(old) = old {
        app.post.tell(Letter { user: before.user, to: old.address, username: before.username, text: Text::EmailChanged });
    }
    Ok(())
}

/// A proved address becomes an account's, or it has none any more.
#[derive(Serialize)]
pub(crate) struct SetEmail {
    pub(super) email: Option<Email>,
    /// The role that waited for it.
    pub(super) grants: Option<Role>,
}

pub(super) async fn set_email(view: &mut View<'_>, context: &Context, command: &SetEmail) -> Result<Performed, Refusal> {
    let email = command.email.clone();
    if let Some(email) = &email
        && view.is_address_taken(&address::fold(&email.address), context.actor).await?
    {
        let message = "This address belongs to another account here. Sign in to that one, or give another address.";
        return Err(ApiError::new(ErrorCode::EmailTaken, message).into());
    }
    let granted = match command.grants {
        Some(role) => view.role(role).await?.map(|(name, permissions)| (role, name, permissions)),
        None => None,
    };
    change_account(view, context, |account| {
        let account = AccountRow { email, ..account };
        match granted {
            Some((role, name, permissions)) if account.role_waits == Some(role) => {
                with_role(AccountRow { role_waits: None, ..account }, role, name, permissions)
            }
            _ => account,
        }
    })
    .await
}
