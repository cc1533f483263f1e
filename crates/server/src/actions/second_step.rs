use crate::{
    app::App,
    clock,
    post::{Letter, Text},
    secret,
    store::{
        login,
        two_step::{self, Attempt, KeptSecret},
    },
    totp,
};
use hearth_protocol::{
    Millis,
    error::{ApiError, ErrorCode},
    ids::UserId,
    rows::AccountRow,
};

/// What binds a sealed secret to its account.
pub(super) fn purpose(user: UserId) -> String {
    format!("totp of {user}")
}

/// Takes what somebody shows as their second step: a code of their app, or a recovery code. Either is good once.
///
/// # Errors
/// `wrong_code`; `rate_limited` after many wrong codes of the app; `second_step_broken` when those cannot be checked.
pub(super) async fn take_second_step(app: &App, account: &AccountRow, typed: &str) -> Result<(), ApiError> {
    let typed: String = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    if typed.len() == 6 && typed.chars().all(|c| c.is_ascii_digit()) {
        take_app_code(app, account.user, &typed).await
    } else {
        take_recovery_code(app, account, &typed).await
    }
}

async fn take_app_code(app: &App, user: UserId, typed: &str) -> Result<(), ApiError> {
    let now = clock::now();
    let mut transaction = app.store().write().await?;
    let kept = match two_step::attempt(&mut transaction, user, now).await? {
        Attempt::Counted(kept) => kept,
        Attempt::TooMany { until } => return Err(too_many(until - now)),
        Attempt::None => return Err(wrong_code()),
    };
    // Where the secret does not open nothing was compared, so that nothing is counted either.
    let step = newer_step(app, user, &kept, typed, now)?;
    if let Some(step) = step {
        two_step::take_step(&mut transaction, user, step).await?;
    }
    transaction.commit().await?;
    step.map(|_| ()).ok_or_else(wrong_code)
}

/// The step whose code was typed, unless that one or a later one was taken before.
fn newer_step(app: &App, user: UserId, kept: &KeptSecret, typed: &str, now: Millis) -> Result<Option<u64>, ApiError> {
    let Some(secret) = app.installation.seal.open(&purpose(user), &kept.sealed) else {
        tracing::error!(sealed_by = kept.sealed_by, "the key is missing under which an authenticator app's secret was sealed");
        let message = "The server cannot check the codes of your app: it has lost the key to them. Use a recovery code, or ask its owner.";
        return Err(ApiError::new(ErrorCode::SecondStepBroken, message));
    };
    Ok(totp::step_of(&secret, typed, now)?.filter(|step| *step > kept.last_step))
}

async fn take_recovery_code(app: &App, account: &AccountRow, typed: &str) -> Result<(), ApiError> {
    let mut transaction = app.store().write().await?;
    let taken = two_step::take_code(&mut transaction, account.user, secret::hash(&typed.to_ascii_uppercase())).await?;
    let left = two_step::codes_left(&mut transaction, account.user).await?;
    transaction.commit().await?;
    if !taken {
        return Err(wrong_code());
    }
    tell(app, account, Text::RecoveryCodeUsed { left });
    Ok(())
}

/// Writes to somebody what happened to how they sign in.
pub(super) fn tell(app: &App, account: &AccountRow, text: Text) {
    let Some(email) = account.email.as_ref().filter(|email| email.verified_at.is_some()) else { return };
    app.post.tell(Letter { user: account.user, to: email.address.clone(), username: account.username.clone(), text });
}

/// Writes to somebody for whom it was turned off by somebody else.
pub(crate) async fn tell_two_step_off(app: &App, user: UserId) -> Result<(), ApiError> {
    if let Some((account, _)) = login::credentials_of(&mut *app.store().snapshot().await?, user).await? {
        tell(app, &account, Text::TwoStep { on: false });
    }
    Ok(())
}

fn too_many(wait_ms: Millis) -> ApiError {
    let message = "Too many wrong codes were tried today. Use a recovery code, or try again tomorrow.";
    ApiError::new(ErrorCode::RateLimited, message).retry_after(u64::try_from(wait_ms).unwrap_or(1).max(1))
}

pub(super) fn wrong_code() -> ApiError {
    ApiError::new(ErrorCode::WrongCode, "The code is wrong, or was used before. Wait for the app to show the next one, and type that.")
}
