use super::settle_devices::settle_or_later;
use crate::{
    app::App,
    clock,
    store::{
        StoreError, device,
        session::{self, Ended, Session},
    },
};
use hearth_protocol::{
    error::ApiError,
    ids::{DeviceId, UserId},
    rule::{Rule, holds},
};
use sqlx::AnyConnection;

/// Ends a session and closes its sockets.
pub(crate) async fn sign_out(app: &App, session: Session) -> Result<(), ApiError> {
    let mut transaction = app.store().write().await?;
    session::end(&mut transaction, session.id, clock::now()).await?;
    transaction.commit().await?;
    close_ended(app, session.user, &[Ended { session: session.id, device: session.device }]).await;
    Ok(())
}

/// Ends what another device of the same person has open, at once: its sockets hear nothing more, and it is told who did it.
///
/// # Errors
/// `not_found` for what is no device of theirs; asked again for one that is signed out, nothing happens.
pub(crate) async fn sign_out_device(app: &App, by: Session, device: DeviceId) -> Result<(), ApiError> {
    if device == by.device {
        return sign_out(app, by).await;
    }
    let mut transaction = app.store().write().await?;
    let known = device::name(&mut transaction, by.user, device).await?.is_some();
    let name = name_of(&mut transaction, by).await?;
    let ended = session::end_device(&mut transaction, by.user, device, &name, clock::now()).await?;
    transaction.commit().await?;
    if ended.is_empty() && !known {
        return Err(ApiError::not_found());
    }
    close_ended(app, by.user, &ended).await;
    Ok(())
}

/// Ends every session of a person but the one that asks: what somebody wants who has lost a device.
pub(crate) async fn sign_out_others(app: &App, by: Session) -> Result<(), ApiError> {
    let mut transaction = app.store().write().await?;
    let ended = end_others(&mut transaction, by.user, Some(by)).await?;
    transaction.commit().await?;
    close_ended(app, by.user, &ended).await;
    Ok(())
}

/// Ends every session of a person but the one to keep, if there is one, in the caller's transaction; [`close_ended`] follows its commit.
pub(super) async fn end_others(transaction: &mut AnyConnection, user: UserId, keep: Option<Session>) -> Result<Vec<Ended>, StoreError> {
    let by = match keep {
        Some(by) => device::name(transaction, user, by.device).await?,
        None => None,
    };
    session::end_others(transaction, user, keep.map(|keep| keep.id), by, clock::now()).await
}

/// Nothing more goes to the sockets of a person's sessions that have just ended; then their devices are listed as signed out.
pub(super) async fn close_ended(app: &App, user: UserId, ended: &[Ended]) {
    close_sockets(app, ended);
    settle_or_later(&app.installation, user, ended.iter().map(|ended| ended.device)).await;
}

/// Nothing more goes to the sockets of sessions that have just ended.
pub(crate) fn close_sockets(app: &App, ended: &[Ended]) {
    app.fanout.revoke(|socket| holds(Rule::RevokeSockets) && ended.iter().any(|ended| ended.session == socket));
}

async fn name_of(connection: &mut AnyConnection, by: Session) -> Result<String, ApiError> {
    Ok(device::name(connection, by.user, by.device).await?.unwrap_or_default())
}
