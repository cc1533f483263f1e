use super::bad_request;
use crate::{
    app::App,
    post::Errand,
    store::{login, session::Session},
};
use hearth_protocol::{code::CodePurpose, error::ApiError, rows::Email};
use std::net::IpAddr;

/// Sends the code that proves the address given at sign-up once more.
pub(crate) async fn resend_email_code(app: &App, session: Session, address: IpAddr) -> Result<(), ApiError> {
    app.rates().code(&session.user.to_string(), (address, session.device))?;
    let found = login::credentials_of(&mut *app.store().snapshot().await?, session.user).await?;
    let (account, _) = found.ok_or_else(ApiError::not_found)?;
    match account.email {
        Some(Email { address, verified_at: None }) => {
            app.post.leave(Errand::Proof { user: session.user, username: account.username, purpose: CodePurpose::VerifyEmail, address })
        }
        Some(_) => Err(bad_request("Your address is verified already.")),
        None => Err(bad_request("You have not given an address.")),
    }
}
