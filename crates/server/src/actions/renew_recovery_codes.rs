use super::{confirm_two_step::new_codes, turn_off_two_step::prove};
use crate::{
    app::App,
    store::{session::Session, two_step},
};
use hearth_protocol::{
    error::ApiError,
    two_step::{ProveTwoStep, RecoveryCodes, RecoveryCodesLeft},
};
use std::net::IpAddr;

/// Makes new recovery codes, for who can show both steps. The old ones end.
pub(crate) async fn renew_recovery_codes(
    app: &App,
    session: Session,
    request: ProveTwoStep,
    address: IpAddr,
) -> Result<RecoveryCodes, ApiError> {
    let account = prove(app, session, request, address).await?;
    let (codes, hashes) = new_codes()?;
    let mut transaction = app.store().write().await?;
    two_step::put_codes(&mut transaction, account.user, &hashes).await?;
    transaction.commit().await?;
    Ok(RecoveryCodes { codes })
}

/// How many recovery codes somebody has left.
pub(crate) async fn count_recovery_codes(app: &App, session: Session) -> Result<RecoveryCodesLeft, ApiError> {
    let left = two_step::codes_left(&mut *app.store().snapshot().await?, session.user).await?;
    Ok(RecoveryCodesLeft { left })
}
