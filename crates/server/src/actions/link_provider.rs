use super::{
    bad_request,
    finish_provider::{kept, seal},
    second_step::tell,
    sign_up_by_provider::taken,
};
use crate::{
    app::App,
    clock,
    post::Text,
    providers::{Errand, Identity},
    store::{external, login, session::Session},
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::ExternalAccountId,
    limits::EXTERNAL_ACCOUNTS_MAX,
    provider::{ExternalAccounts, ProviderAnswer},
};
use std::net::IpAddr;

/// Finishes what somebody who is signed in went to a provider for: to link an account there, or to show who they are.
///
/// # Errors
/// `external_taken` for an account that is linked with somebody else's.
pub(crate) async fn finish_external(app: &App, session: Session, answer: ProviderAnswer, address: IpAddr) -> Result<(), ApiError> {
    app.rates().provider(address)?;
    let (errand, identity) = app.providers.finish(answer).await?;
    match errand {
        Errand::Link(begun) if begun == session => link(app, session, identity).await,
        Errand::Prove(begun) if begun == session => prove(app, session, identity).await,
        _ => Err(ApiError::new(ErrorCode::SignInOver, "This was begun somewhere else. Begin again.")),
    }
}

async fn link(app: &App, session: Session, identity: Identity) -> Result<(), ApiError> {
    let new = kept(app, &identity)?;
    let mut transaction = app.store().write().await?;
    external::alone(&mut transaction, session.user).await?;
    let known = external::find(&mut transaction, &new.issuer, &new.subject).await?;
    match known {
        // Again: that renews what the provider may have ended.
        Some((id, user)) if user == session.user => external::keep(&mut transaction, id, &seal(app, id, &identity.tokens)?).await?,
        Some(_) => return Err(taken()),
        None => {
            let so_many = external::of_account(&mut transaction, session.user).await?.len();
            if i64::try_from(so_many).unwrap_or(i64::MAX) >= EXTERNAL_ACCOUNTS_MAX {
                return Err(bad_request("You have linked ten accounts, which is as many as can be. Unlink one first."));
            }
            if !external::insert(&mut transaction, session.user, &new).await? {
                return Err(taken());
            }
        }
    }
    transaction.commit().await?;
    if known.is_none() {
        tell_of(app, session, true).await?;
    }
    Ok(())
}

/// Only an account that signs in to theirs shows that it is them.
async fn prove(app: &App, session: Session, identity: Identity) -> Result<(), ApiError> {
    let known = external::find(&mut *app.store().snapshot().await?, &identity.issuer, &identity.subject).await?;
    if known.is_none_or(|(_, user)| user != session.user) {
        let message = "This is not an account that you have linked with yours here. Take the one by which you sign in.";
        return Err(ApiError::new(ErrorCode::ExternalUnknown, message));
    }
    app.providers.flows.prove(session.id, clock::now())
}

/// What somebody has linked, and whether they have a password besides.
pub(crate) async fn list_external(app: &App, session: Session) -> Result<ExternalAccounts, ApiError> {
    let mut snapshot = app.store().snapshot().await?;
    let mut accounts = external::of_account(&mut snapshot, session.user).await?;
    for account in &mut accounts {
        if let Some(provider) = app.providers.of_issuer(&account.provider) {
            account.provider.clone_from(&provider.name);
            account.provider_id = Some(provider.id.clone());
        }
    }
    let (_, hash) = login::credentials_of(&mut snapshot, session.user).await?.ok_or_else(ApiError::not_found)?;
    let password_changed_at = login::password_changed_at(&mut snapshot, session.user).await?;
    Ok(ExternalAccounts { accounts, password: hash.is_some(), password_changed_at })
}

/// Ends one way in; never the last one.
pub(crate) async fn unlink_external(app: &App, session: Session, id: ExternalAccountId) -> Result<(), ApiError> {
    let mut transaction = app.store().write().await?;
    external::alone(&mut transaction, session.user).await?;
    let accounts = external::of_account(&mut transaction, session.user).await?;
    if accounts.iter().all(|account| account.id != id) {
        return Err(ApiError::not_found());
    }
    let (_, hash) = login::credentials_of(&mut transaction, session.user).await?.ok_or_else(ApiError::not_found)?;
    if hash.is_none() && accounts.len() == 1 {
        let message = "You sign in by this account alone. Set a password first, or link another one.";
        return Err(ApiError::new(ErrorCode::LastWayIn, message));
    }
    external::remove(&mut transaction, session.user, id).await?;
    transaction.commit().await?;
    tell_of(app, session, false).await
}

async fn tell_of(app: &App, session: Session, linked: bool) -> Result<(), ApiError> {
    let found = login::credentials_of(&mut *app.store().snapshot().await?, session.user).await?;
    if let Some((account, _)) = found {
        tell(app, &account, Text::External { linked });
    }
    Ok(())
}
