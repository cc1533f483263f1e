use super::{bad_request, set_password::confirm_password};
use crate::{app::App, clock, store::session::Session, totp};
use hearth_protocol::{
    error::ApiError,
    limits,
    two_step::{BeginTwoStep, TwoStepBegun},
};
use std::net::IpAddr;

/// Makes a secret for an authenticator app, for who knows the password. It is in memory alone until a first code shows that the app has it.
pub(crate) async fn begin_two_step(app: &App, session: Session, request: BeginTwoStep, address: IpAddr) -> Result<TwoStepBegun, ApiError> {
    let account = confirm_password(app, session, request.password, address).await?;
    if account.two_step_at.is_some() {
        return Err(already_on());
    }
    let (secret, now) = (totp::new_secret()?, clock::now());
    let (typed, uri) = totp::shown(&secret, &app.settings().name, &account.username)?;
    app.set_ups.put(session.id, secret, now + limits::TWO_STEP_SET_UP_MS, now)?;
    Ok(TwoStepBegun { secret: typed, uri })
}

pub(super) fn already_on() -> ApiError {
    bad_request("Two-step sign-in is on already. Turn it off before you set up another app.")
}
