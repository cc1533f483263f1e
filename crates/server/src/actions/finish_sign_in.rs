use super::{second_step::take_second_step, sign_in::open_session};
use crate::{app::App, clock, store::login};
use hearth_protocol::{
    account::SignedIn,
    error::{ApiError, ErrorCode},
    two_step::FinishSignIn,
};
use std::net::IpAddr;

/// The second step of signing in: opens the session on the device that took the first.
pub(crate) async fn finish_sign_in(app: &App, request: FinishSignIn, address: IpAddr) -> Result<SignedIn, ApiError> {
    let over = || {
        let message = "Signing in took too long, or too many codes were wrong. Begin again.";
        ApiError::new(ErrorCode::SignInOver, message)
    };
    let now = clock::now();
    let challenge = app.challenges.look(&request.challenge, now).ok_or_else(over)?;
    app.rates().sign_in(&challenge.user.to_string(), (address, challenge.device.id))?;
    if !app.challenges.attempt(&request.challenge, now) {
        return Err(over());
    }
    let found = login::credentials_of(&mut *app.store().snapshot().await?, challenge.user).await?;
    // What was shown first may be worth nothing by now.
    let (account, _) = found.filter(|(_, hash)| *hash == challenge.password_hash).ok_or_else(over)?;
    if account.two_step_at.is_none() {
        return Err(over());
    }
    take_second_step(app, &account, &request.code).await?;
    if !app.challenges.finish(&request.challenge, now) {
        return Err(over());
    }
    open_session(app, account, challenge.device).await
}
