use crate::{app::App, store::account::language};
use hearth_protocol::{error::ApiError, ids::UserId};
use hearth_words::Spoken;

/// Remembers in which language somebody is written to: that of the app that said one last. Nothing is written while it stays the same.
pub(crate) async fn keep_language(app: &App, user: UserId, spoken: Spoken) -> Result<(), ApiError> {
    if language::of(&mut *app.store().snapshot().await?, user).await? == Some(spoken) {
        return Ok(());
    }
    let mut transaction = app.store().write().await?;
    language::keep(&mut transaction, user, spoken).await?;
    transaction.commit().await?;
    Ok(())
}
