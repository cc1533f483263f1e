use super::set_password::confirm_password;
use crate::{address, app::App, post::Errand, store::session::Session};
use hearth_protocol::{
    account::EmailPolicy,
    code::{ChangeEmail, CodePurpose},
    error::{ApiError, ErrorCode},
};
use std::net::IpAddr;

/// Checks what somebody gives as their address, if this server wants one.
pub(super) fn check_wanted(policy: EmailPolicy, email: Option<&str>) -> Result<Option<String>, ApiError> {
    let given = email.map(str::trim).filter(|email| !email.is_empty());
    match (policy, given) {
        (EmailPolicy::Off, Some(_)) => Err(ApiError::new(ErrorCode::InvalidEmail, "This server keeps no addresses. Leave yours out.")),
        (EmailPolicy::Required, None) => {
            Err(ApiError::new(ErrorCode::InvalidEmail, "This server needs your email address. It is where a forgotten password is mended."))
        }
        (_, given) => given.map(address::check).transpose(),
    }
}

/// Sends a code to another address. The account keeps the old one until the code comes back.
pub(crate) async fn change_email(app: &App, session: Session, request: ChangeEmail, address: IpAddr) -> Result<(), ApiError> {
    let wanted = check_wanted(app.settings().email, Some(&request.email))?;
    let Some(wanted) = wanted else { return Err(ApiError::new(ErrorCode::InvalidEmail, "Type your new address.")) };
    let account = confirm_password(app, session, request.password, address).await?;
    let domains = &app.settings().mail_domains;
    let by_address = account.role_waits.is_some() || account.email.is_some_and(|email| address::is_of(&email.address, domains));
    if by_address && !address::is_of(&wanted, domains) {
        return Err(ApiError::new(ErrorCode::InvalidEmail, format!("This server takes you by an address of {}.", domains.join(", "))));
    }
    app.rates().code(&session.user.to_string(), (address, session.device))?;
    let proof = Errand::Proof { user: session.user, username: account.username, purpose: CodePurpose::ChangeEmail, address: wanted };
    app.post.leave(proof)
}
