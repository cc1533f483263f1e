use super::sign_in::open_session;
use crate::{address::Login, app::App, codes, store::login};
use hearth_protocol::{
    account::SignedIn,
    code::{CodePurpose, SignInWithCode},
    error::ApiError,
};
use std::net::IpAddr;

/// Opens a session for who has the code that was sent.
pub(crate) async fn sign_in_with_code(app: &App, request: SignInWithCode, address: IpAddr) -> Result<SignedIn, ApiError> {
    let login = Login::of(&request.username);
    app.rates.sign_in(login.key(), (address, request.device.id))?;
    let account = login::credentials(&mut *app.store().snapshot().await?, &login).await?.map(|(account, _)| account);
    codes::redeem(app, account.as_ref().map(|account| account.user), CodePurpose::SignIn, &request.code).await?;
    match account {
        Some(account) => open_session(app, account, request.device).await,
        None => Err(ApiError::not_found()),
    }
}
