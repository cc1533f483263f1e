use super::{deactivate_account::turn_on_again, settle_or_later};
use crate::{
    address::Login,
    app::App,
    challenges::Challenge,
    clock, names, secret,
    store::{
        login::{self, Credentials},
        session::{self, Session},
    },
};
use hearth_protocol::{
    account::{Device, SignIn, SignedIn},
    error::{ApiError, ErrorCode},
    ids::SessionId,
    limits,
    rows::{AccountRow, Deactivated},
};
use std::net::IpAddr;

/// Checks a password and opens a session. Unknown people and wrong passwords get the same answer after the same time.
pub(crate) async fn sign_in(app: &App, request: SignIn, address: IpAddr) -> Result<SignedIn, ApiError> {
    let login = Login::of(&request.username);
    app.rates().sign_in(login.key(), (address, request.device.id))?;
    let wrong = || ApiError::new(ErrorCode::WrongCredentials, "The username or the password is wrong. Check both and try again.");
    if request.password.len() > limits::PASSWORD_BYTES_MAX {
        return Err(wrong());
    }
    let found = {
        let mut snapshot = app.store().snapshot().await?;
        login::credentials(&mut snapshot, &login).await?
    };
    let stored = found.as_ref().and_then(|(_, stored)| stored.clone());
    let right = app.installation.passwords.verify(request.password, stored).await?;
    match found {
        Some(found) if right => first_step(app, found, request.device).await,
        _ => Err(wrong()),
    }
}

/// Somebody has shown their password or a code that was sent: they are in, unless their account wants a second step.
///
/// # Errors
/// `second_step`, with what goes with the code.
pub(super) async fn first_step(app: &App, (account, password_hash): Credentials, device: Device) -> Result<SignedIn, ApiError> {
    if account.two_step_at.is_none() {
        return open_session(app, account, device).await;
    }
    let challenge = app.challenges.issue(Challenge { user: account.user, device, password_hash }, clock::now())?;
    let message = "This account wants a code of its authenticator app as well. Type it, or update Hearth if it does not ask for one.";
    Err(ApiError::new(ErrorCode::SecondStep, message).with_challenge(challenge))
}

/// Opens a session for somebody who has shown who they are.
pub(super) async fn open_session(app: &App, account: AccountRow, device: Device) -> Result<SignedIn, ApiError> {
    let name: String = names::visible(&device.name).chars().take(limits::DEVICE_NAME_CHARS_MAX).collect();
    let platform: String = names::visible(&device.platform).chars().take(limits::DEVICE_NAME_CHARS_MAX).collect();
    let device = Device { id: device.id, name, platform };
    let token = secret::token()?;
    match account.deactivated {
        None => {}
        Some(Deactivated { by_oneself: true, .. }) => turn_on_again(app, account.user).await?,
        Some(_) => return Err(ApiError::deactivated(false)),
    }
    let account = AccountRow { deactivated: None, ..account };
    let opened = Session { id: SessionId::new(), user: account.user, device: device.id };
    let mut transaction = app.store().write().await?;
    if !session::insert(&mut transaction, opened, &secret::hash(&token), &device, clock::now()).await? {
        // Deleted or deactivated in this moment.
        return Err(ApiError::deactivated(false));
    }
    transaction.commit().await?;
    settle_or_later(&app.installation, opened.user, [opened.device]).await;
    Ok(SignedIn { session: opened.id, token, account, epoch: app.epoch() })
}
