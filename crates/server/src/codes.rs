//! One-time codes: made, and redeemed once.
//!
//! They are kept like passwords, as Argon2id hashes. A keyed hash would be quicker, but its key would have to be kept outside the database
//! and be the same for every process on it; and the time that a guess takes is wanted here: who has copied the database has fifteen
//! minutes for a hundred million of them.

use crate::{
    app::App,
    clock,
    installation::Installation,
    secret,
    store::code::{self, KeptCode},
};
use hearth_protocol::{
    Millis,
    code::CodePurpose,
    error::{ApiError, ErrorCode},
    ids::UserId,
};

/// Makes a code and keeps its hash for so long; `email` is the address that it proves, empty if none. The older one for the same purpose ends.
pub(crate) async fn make(
    installation: &Installation,
    account: UserId,
    purpose: CodePurpose,
    email: &str,
    lives_ms: Millis,
) -> Result<String, ApiError> {
    let code = secret::one_time_code()?;
    let hash = installation.passwords.hash(code.clone()).await?;
    let mut transaction = installation.store.write().await?;
    let kept = KeptCode { hash, email: email.to_owned() };
    code::put(&mut transaction, account, purpose, &kept, clock::now() + lives_ms).await?;
    transaction.commit().await?;
    Ok(code)
}

/// Uses up a code that somebody typed; gives back the address that it proves. `account` is `None` where there is no such account: that
/// takes as long and gets the same answer.
pub(crate) async fn redeem(app: &App, account: Option<UserId>, purpose: CodePurpose, typed: &str) -> Result<String, ApiError> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(64).collect();
    let now = clock::now();
    let kept = {
        let mut transaction = app.store().write().await?;
        let kept = match account {
            Some(account) => code::attempt(&mut transaction, account, purpose, now).await?,
            None => None,
        };
        if kept.is_none() {
            code::attempt_nothing(&mut transaction, now).await?;
        }
        transaction.commit().await?;
        kept
    };
    let right = app.installation.passwords.verify(digits, kept.as_ref().map(|kept| kept.hash.clone())).await?;
    if let (true, Some(account), Some(kept)) = (right, account, kept) {
        let mut transaction = app.store().write().await?;
        let taken = code::take(&mut transaction, account, purpose, &kept).await?;
        transaction.commit().await?;
        if taken {
            return Ok(kept.email);
        }
    }
    Err(ApiError::new(ErrorCode::WrongCode, "The code is wrong, or not good any more. Look at the newest letter, or ask for another code."))
}
