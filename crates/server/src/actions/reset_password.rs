use super::set_password::set_password;
use crate::{
    address::Login,
    app::App,
    codes,
    post::{Letter, Text},
    store::login,
};
use hearth_protocol::{
    code::{CodePurpose, ResetPassword},
    error::ApiError,
    ids::UserId,
    limits::EMAIL_BYTES_MAX,
};
use std::net::IpAddr;

/// A new password for who has the code that was sent: every session of the account ends, for one of them may be whom this is to keep out.
pub(crate) async fn reset_password(app: &App, request: ResetPassword, address: IpAddr) -> Result<(), ApiError> {
    let login = Login::of(&request.username);
    app.rates().sign_in(login.key(), (address, request.device))?;
    // Before the code is used up, and whoever it is: what is wrong with the password says nothing of the account.
    let hash = app
        .installation
        .passwords
        .hash_new(request.password, app.password_chars_min(), vec![login.key().chars().take(EMAIL_BYTES_MAX).collect()])
        .await?;
    let account = login::credentials(&mut *app.store().snapshot().await?, &login).await?.map(|(account, _)| account);
    codes::redeem(app, account.as_ref().map(|account| account.user), CodePurpose::ResetPassword, &request.code).await?;
    match account {
        Some(account) => set_password(app, account, &hash, None).await,
        None => Err(ApiError::not_found()),
    }
}

/// Mails somebody the code that was made for them, if there is a mail server and their address is verified; `false` otherwise.
pub(crate) async fn mail_reset_code(app: &App, user: UserId, code: &str) -> Result<bool, ApiError> {
    let found = login::credentials_of(&mut *app.store().snapshot().await?, user).await?;
    let address = found.and_then(|(account, _)| Some((account.email.filter(|email| email.verified_at.is_some())?, account.username)));
    let Some((email, username)) = address.filter(|_| app.mail) else { return Ok(false) };
    let text = Text::Code { purpose: CodePurpose::ResetPassword, code: code.to_owned() };
    app.post.tell(Letter { user, to: email.address, username, text });
    Ok(true)
}
