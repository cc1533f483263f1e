use super::{
    finish_provider::{address_of, kept},
    sign_in::open_session,
    sign_up::{admission, by_address, make, prove_address},
};
use crate::{
    address::{Login, fold},
    app::App,
    clock, names,
    store::{account::NewAccount, external, login},
};
use hearth_protocol::{
    account::{EmailPolicy, SignedIn},
    error::{ApiError, ErrorCode},
    ids::UserId,
    provider::SignUpByProvider,
};
use hearth_words::Spoken;
use std::net::IpAddr;

/// Makes an account for somebody whom a provider vouches for, and signs it in. It has no password; its person may set one.
pub(crate) async fn sign_up_by_provider(
    app: &App,
    request: SignUpByProvider,
    address: IpAddr,
    spoken: Option<Spoken>,
) -> Result<SignedIn, ApiError> {
    app.rates().sign_up(address)?;
    let now = clock::now();
    let (identity, device) =
        app.providers.flows.arrival(&request.ticket, now, |arrival| (arrival.identity.clone(), arrival.device.clone()))?;
    let username = names::username(&request.username)?;
    let username_key = names::fold(&username);
    let first_name = names::person_name(&request.first_name, true)?;
    let last_name = names::person_name(&request.last_name, false)?;
    let (admission, role) = admission(app, request.set_up_code.as_deref(), request.invite.as_deref()).await?;
    let mut email = address_of(app, &identity)?;
    {
        let mut snapshot = app.store().snapshot().await?;
        if external::find(&mut snapshot, &identity.issuer, &identity.subject).await?.is_some() {
            return Err(taken());
        }
        let known = email.as_deref().map(|email| Login::Address(fold(email)));
        if let Some(known) = known
            && login::credentials(&mut snapshot, &known).await?.is_some()
        {
            if app.settings().email == EmailPolicy::Required {
                let message = "Your address belongs to another account here. Sign in to that one, then link this one in the settings.";
                return Err(ApiError::new(ErrorCode::EmailTaken, message));
            }
            // This account does without.
            email = None;
        }
    }
    let id = UserId::new();
    let search_key = names::search_key(&username, &first_name, &last_name);
    let external = Some(Box::new(kept(app, &identity)?));
    let (role, role_waits) = by_address(app, admission, role, email.as_deref())?;
    let account = NewAccount {
        id,
        username,
        username_key,
        first_name,
        last_name,
        search_key,
        password_hash: None,
        role,
        role_waits,
        email,
        external,
        created_at: now,
    };
    let account = make(app, account, admission).await?;
    app.providers.flows.settled(&request.ticket, now);
    prove_address(app, &account, spoken).await?;
    open_session(app, account, device).await
}

pub(super) fn taken() -> ApiError {
    let message = "This account signs in to an account here already. Sign in by it, or unlink it there first.";
    ApiError::new(ErrorCode::ExternalTaken, message)
}
