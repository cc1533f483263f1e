use super::set_password::{confirm_password, set_password};
use crate::{app::App, store::session::Session};
use hearth_protocol::{code::ChangePassword, error::ApiError};
use std::net::IpAddr;

/// A new password for who knows the old one: the other sessions end.
pub(crate) async fn change_password(app: &App, session: Session, request: ChangePassword, address: IpAddr) -> Result<(), ApiError> {
    let account = confirm_password(app, session, request.current, address).await?;
    let about = vec![account.username.clone(), account.first_name.clone(), account.last_name.clone()];
    let hash = app.installation.passwords.hash_new(request.password, app.password_chars_min(), about).await?;
    set_password(app, account, &hash, Some(session)).await
}
