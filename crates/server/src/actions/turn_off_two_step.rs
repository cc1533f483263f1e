use super::{
    bad_request,
    confirm_two_step::{SetTwoStep, perform},
    second_step::{take_second_step, tell},
    set_password::confirm_password,
};
use crate::{app::App, post::Text, store::session::Session};
use hearth_protocol::{error::ApiError, rows::AccountRow, two_step::ProveTwoStep};
use std::net::IpAddr;

/// Ends two-step sign-in, for who can show both steps.
pub(crate) async fn turn_off_two_step(app: &App, session: Session, request: ProveTwoStep, address: IpAddr) -> Result<(), ApiError> {
    let account = prove(app, session, request, address).await?;
    perform(app, session, SetTwoStep { on: None }).await?;
    tell(app, &account, Text::TwoStep { on: false });
    Ok(())
}

/// Both steps once more, of somebody who is signed in. The password first: a wrong one costs no code.
pub(super) async fn prove(app: &App, session: Session, request: ProveTwoStep, address: IpAddr) -> Result<AccountRow, ApiError> {
    let account = confirm_password(app, session, request.password, address).await?;
    if account.two_step_at.is_none() {
        return Err(bad_request("Two-step sign-in is off already."));
    }
    take_second_step(app, &account, &request.code).await?;
    Ok(account)
}
