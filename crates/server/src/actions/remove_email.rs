use super::{Command, confirm_email::SetEmail, set_password::confirm_password};
use crate::{
    address,
    app::App,
    commit::Request,
    post::{Letter, Text},
    store::{code, session::Session},
};
use hearth_protocol::{
    account::EmailPolicy,
    code::RemoveEmail,
    error::{ApiError, ErrorCode},
    ids::MutationId,
};
use std::net::IpAddr;

/// An account goes on without an address, where the server lets it, for who shows once more who they are. By that they have shown another way in than
/// codes to it: a password, or a provider. Codes that are on their way end with it.
///
/// # Errors
/// `invalid_email` where the server needs one.
pub(crate) async fn remove_email(app: &App, session: Session, request: RemoveEmail, address: IpAddr) -> Result<(), ApiError> {
    let settings = app.settings();
    if settings.email == EmailPolicy::Required {
        let message = "This server needs your email address. You can change it to another one.";
        return Err(ApiError::new(ErrorCode::InvalidEmail, message));
    }
    let account = confirm_password(app, session, request.password, address).await?;
    let Some(email) = account.email else { return Ok(()) };
    if !settings.mail_domains.is_empty() && address::is_of(&email.address, &settings.mail_domains) {
        let message =
            format!("This server takes you by an address of {}. You can change it to another one.", settings.mail_domains.join(", "));
        return Err(ApiError::new(ErrorCode::InvalidEmail, message));
    }
    let command = Command::SetEmail(SetEmail { email: None, grants: None });
    let request = Request { id: MutationId::new(), actor: session.user, after: None, command, at: None };
    app.installation.committer.perform(session.user, request).await?;
    let mut transaction = app.store().write().await?;
    code::forget_all(&mut transaction, session.user).await?;
    transaction.commit().await?;
    if email.verified_at.is_some() {
        app.post.tell(Letter { user: account.user, to: email.address, username: account.username, text: Text::EmailRemoved });
    }
    Ok(())
}
