use super::finish_provider::{purpose, seal};
use crate::{
    app::App,
    providers::Renewal,
    store::external::{self, Due},
};
use hearth_protocol::{Millis, error::ApiError};

/// Renewed at a time; the rest follows.
const AT_ONCE: i64 = 100;
/// What was not renewed is tried again after so long.
const AGAIN_MS: Millis = 10 * 60 * 1_000;

/// Renews the tokens that end soon, and notes which accounts their providers have ended.
pub(crate) async fn renew_external(app: &App, now: Millis) -> Result<(), ApiError> {
    let due = external::due(&mut *app.store().snapshot().await?, now, AT_ONCE).await?;
    for due in due {
        let mut transaction = app.store().write().await?;
        let mine = external::claim(&mut transaction, &due, now.saturating_add(AGAIN_MS)).await?;
        transaction.commit().await?;
        if mine {
            renew(app, due, now).await?;
        }
    }
    Ok(())
}

async fn renew(app: &App, due: Due, now: Millis) -> Result<(), ApiError> {
    let opened = app.installation.seal.open(&purpose(due.id, "refresh"), &due.refresh);
    let token = opened.as_ref().and_then(|bytes| std::str::from_utf8(bytes).ok());
    let renewal = match token {
        Some(token) => app.providers.renew(&due.issuer, token).await,
        // The key is lost: signing in by it once more brings new ones.
        None => Renewal::Refused,
    };
    let mut transaction = app.store().write().await?;
    match renewal {
        Renewal::Done(tokens) => external::keep(&mut transaction, due.id, &seal(app, due.id, &tokens)?).await?,
        Renewal::Refused => external::refuse(&mut transaction, due.id, now).await?,
        Renewal::Later => {}
    }
    Ok(transaction.commit().await?)
}
