use super::settle_or_later;
use crate::{
    address::Login,
    app::App,
    clock, names, secret,
    store::{
        login,
        session::{self, Session},
    },
};
use hearth_protocol::{
    account::{Device, SignIn, SignedIn},
    error::{ApiError, ErrorCode},
    ids::SessionId,
    limits,
    rows::AccountRow,
};
use std::net::IpAddr;

/// Checks a password and opens a session. Unknown people and wrong passwords get the same answer after the same time.
pub(crate) async fn sign_in(app: &App, request: SignIn, address: IpAddr) -> Result<SignedIn, ApiError> {
    let login = Login::of(&request.username);
    app.rates.sign_in(login.key(), (address, request.device.id))?;
    let wrong = || ApiError::new(ErrorCode::WrongCredentials, "The username or the password is wrong. Check both and try again.");
    if request.password.len() > limits::PASSWORD_BYTES_MAX {
        return Err(wrong());
    }
    let found = {
        let mut snapshot = app.store().snapshot().await?;
        login::credentials(&mut snapshot, &login).await?
    };
    let (account, stored) = match found {
        Some((account, stored)) => (Some(account), Some(stored)),
        None => (None, None),
    };
    let right = app.installation.passwords.verify(request.password, stored).await?;
    match account {
        Some(account) if right => open_session(app, account, request.device).await,
        _ => Err(wrong()),
    }
}

/// Opens a session for somebody who has shown who they are.
pub(super) async fn open_session(app: &App, account: AccountRow, device: Device) -> Result<SignedIn, ApiError> {
    let name: String = names::visible(&device.name).chars().take(limits::DEVICE_NAME_CHARS_MAX).collect();
    let platform: String = names::visible(&device.platform).chars().take(limits::DEVICE_NAME_CHARS_MAX).collect();
    let device = Device { id: device.id, name, platform };
    let token = secret::token()?;
    let opened = Session { id: SessionId::new(), user: account.user, device: device.id };
    let mut transaction = app.store().write().await?;
    session::insert(&mut transaction, opened, &secret::hash(&token), &device, clock::now()).await?;
    transaction.commit().await?;
    settle_or_later(app, opened.user, [opened.device]).await;
    Ok(SignedIn { session: opened.id, token, account, epoch: app.epoch() })
}
