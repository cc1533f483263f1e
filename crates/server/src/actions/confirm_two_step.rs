use super::{
    Command, Context, Refusal,
    begin_two_step::already_on,
    second_step::{purpose, tell, wrong_code},
};
use crate::{
    app::App,
    clock,
    commit::{
        Request, View,
        change::{Change, Performed},
    },
    post::Text,
    secret,
    store::{
        account::AccountRecord,
        login,
        rows::Record,
        session::Session,
        two_step::{CodeHash, KeptSecret},
    },
    totp,
};
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    ids::MutationId,
    limits::RECOVERY_CODES,
    row::{Row, RowKey},
    rows::{AccountRow, RowData, RowKind},
    stream::StreamId,
    two_step::{ConfirmTwoStep, RecoveryCodes},
};
use std::net::IpAddr;

/// Turns two-step sign-in on: the app's first code came back. Sessions stay; the next sign-in takes both steps.
pub(crate) async fn confirm_two_step(
    app: &App,
    session: Session,
    request: ConfirmTwoStep,
    address: IpAddr,
) -> Result<RecoveryCodes, ApiError> {
    app.rates().sign_in(&session.user.to_string(), (address, session.device))?;
    let now = clock::now();
    let begun = app.set_ups.with(&session.id, now, |secret| secret.clone());
    let Some(secret) = begun else {
        return Err(ApiError::new(ErrorCode::SignInOver, "That took too long. Begin again with your password."));
    };
    let digits: String = request.code.chars().filter(char::is_ascii_digit).take(64).collect();
    let last_step = totp::step_of(&secret, &digits, now)?.ok_or_else(wrong_code)?;
    let sealed = app.installation.seal.close(&purpose(session.user), &secret)?;
    let secret = KeptSecret { sealed, sealed_by: app.installation.seal.name().to_owned(), last_step };
    let (codes, hashes) = new_codes()?;
    perform(app, session, SetTwoStep { on: Some((secret, hashes)) }).await?;
    app.set_ups.take(&session.id, now);
    if let Some((account, _)) = login::credentials_of(&mut *app.store().snapshot().await?, session.user).await? {
        tell(app, &account, Text::TwoStep { on: true });
    }
    Ok(RecoveryCodes { codes })
}

/// Recovery codes for showing, and as they are kept.
pub(super) fn new_codes() -> Result<(Vec<String>, Vec<CodeHash>), ApiError> {
    let codes = (0..RECOVERY_CODES).map(|_| secret::recovery_code()).collect::<Result<Vec<_>, _>>()?;
    let hashes = codes.iter().map(|code| secret::hash(&code.replace('-', ""))).collect();
    Ok((codes, hashes))
}

/// The second step of the actor's account is this, or none.
pub(crate) struct SetTwoStep {
    pub on: Option<(KeptSecret, Vec<CodeHash>)>,
}

pub(super) async fn perform(app: &App, session: Session, set: SetTwoStep) -> Result<(), ApiError> {
    let command = Command::SetTwoStep(Box::new(set));
    let request = Request { id: MutationId::new(), actor: session.user, after: None, command, at: None };
    app.installation.committer.perform(session.user, request).await.map(|_| ())
}

pub(super) async fn set_two_step(view: &mut View<'_>, context: &Context, command: &SetTwoStep) -> Result<Performed, Refusal> {
    let stream = StreamId::User(context.actor);
    let row = view.row(stream, RowKey { kind: AccountRow::KIND.into(), id: String::new() }).await?;
    let Some(Row { data: RowData::Account(account), .. }) = row else { return Err(ApiError::not_found().into()) };
    // Another device may have been quicker, or the account be deleted.
    match &command.on {
        _ if account.username.is_empty() => return Err(ApiError::account_deleted().into()),
        Some(_) if account.two_step_at.is_some() => return Err(already_on().into()),
        None if account.two_step_at.is_none() => return Ok(Performed::default()),
        _ => {}
    }
    let row = AccountRow { two_step_at: command.on.is_some().then_some(context.now), ..account };
    let record = AccountRecord::TwoStep { row, on: command.on.clone() };
    Ok(vec![Change::new(stream, Record::Account(record))].into())
}
