use super::bad_request;
use crate::{address::Login, app::App, post::Errand};
use hearth_protocol::{
    code::{AskCode, CodePurpose},
    error::ApiError,
};
use std::net::IpAddr;

/// Has a code sent to somebody who is not signed in. Whether there is such an account, nobody has looked when this is answered.
pub(crate) fn ask_code(app: &App, request: AskCode, address: IpAddr) -> Result<(), ApiError> {
    if !matches!(request.purpose, CodePurpose::SignIn | CodePurpose::ResetPassword) {
        return Err(bad_request("A code for this is asked for when one is signed in."));
    }
    let login = Login::of(&request.username);
    app.rates().code(login.key(), (address, request.device))?;
    app.post.leave(Errand::Code { login, purpose: request.purpose })
}
