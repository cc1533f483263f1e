use super::{
    second_step::tell,
    sign_out::{close_ended, end_others},
};
use crate::{
    app::App,
    clock,
    post::Text,
    store::{code, login, session::Session},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits,
    rows::AccountRow,
};
use std::net::IpAddr;

/// Checks the password of somebody who is signed in, before something that an open window is not enough for.
///
/// # Errors
/// `wrong_credentials`; `no_password` for who has none and has not just proved who they are.
pub(super) async fn confirm_password(app: &App, session: Session, password: String, address: IpAddr) -> Result<AccountRow, ApiError> {
    app.rates().sign_in(&session.user.to_string(), (address, session.device))?;
    let found = login::credentials_of(&mut *app.store().snapshot().await?, session.user).await?;
    let (account, stored) = found.ok_or_else(ApiError::not_found)?;
    if stored.is_none() {
        // Who has no password shows at a provider who they are, just before.
        return match app.providers.flows.take_proof(session.id, clock::now()) {
            true => Ok(account),
            false => {
                let message =
                    "You have no password here. Show at your sign-in provider that it is you, or set a password in the settings first.";
                Err(ApiError::new(ErrorCode::NoPassword, message))
            }
        };
    }
    let fits = password.len() <= limits::PASSWORD_BYTES_MAX;
    if !fits || !app.installation.passwords.verify(password, stored).await? {
        return Err(ApiError::new(ErrorCode::WrongCredentials, "This is not your password. Check it and try again."));
    }
    Ok(account)
}

/// Writes a new password: codes and sessions that are older than it end with it, but the session to keep.
pub(super) async fn set_password(app: &App, account: AccountRow, hash: &str, keep: Option<Session>) -> Result<(), ApiError> {
    let now = clock::now();
    let mut transaction = app.store().write().await?;
    login::set_password(&mut transaction, account.user, hash, now).await?;
    code::forget_all(&mut transaction, account.user).await?;
    let ended = end_others(&mut transaction, account.user, keep).await?;
    transaction.commit().await?;
    close_ended(app, account.user, &ended).await;
    tell(app, &account, Text::PasswordChanged);
    Ok(())
}
