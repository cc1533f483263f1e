use super::sign_in::first_step;
use crate::{address::Login, app::App, codes, store::login};
use hearth_protocol::{
    account::SignedIn,
    code::{CodePurpose, SignInWithCode},
    error::ApiError,
};
use std::net::IpAddr;

/// Opens a session for who has the code that was sent; it stands in for the password alone.
pub(crate) async fn sign_in_with_code(app: &App, request: SignInWithCode, address: IpAddr) -> Result<SignedIn, ApiError> {
    let login = Login::of(&request.username);
    app.rates().sign_in(login.key(), (address, request.device.id))?;
    let found = login::credentials(&mut *app.store().snapshot().await?, &login).await?;
    codes::redeem(app, found.as_ref().map(|(account, _)| account.user), CodePurpose::SignIn, &request.code).await?;
    match found {
        Some(found) => first_step(app, found, request.device).await,
        None => Err(ApiError::not_found()),
    }
}
