//! After an account was deleted: what its person had written.

use super::{TIDY_EVERY, nobody};
use crate::{
    actions::{Command, Erase},
    app::App,
    clock,
    commit::Request,
    store::erasure,
};
use hearth_protocol::{
    error::ApiError,
    ids::{ConversationId, MutationId, UserId},
    rule::{Rule, holds},
};
use std::sync::Arc;
use tokio::sync::watch;

/// Whenever somebody deletes an account, and again later where something stayed: at the start what an earlier life of the server began.
pub(crate) async fn erase(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    loop {
        let round = async {
            if let Err(error) = erase_all(&app).await {
                tracing::warn!(%error, "messages of a deleted account stay for now; it will be tried again");
            }
            // Whichever comes first.
            let _ = tokio::time::timeout(TIDY_EVERY, app.erasure.notified()).await;
        };
        tokio::select! {
            () = round => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Erases what all those have written whose accounts are deleted. What an error or a stop leaves behind is found again.
pub(crate) async fn erase_all(app: &App) -> Result<(), ApiError> {
    let due = erasure::due(&mut *app.store().snapshot().await?).await?;
    for user in due {
        let places = erasure::conversations(&mut *app.store().snapshot().await?, user).await?;
        for conversation in places.into_iter().filter(|_| holds(Rule::EraseWithAccount)) {
            erase_in(app, user, conversation).await?;
        }
        let mut transaction = app.store().write().await?;
        erasure::done(&mut transaction, user, clock::now()).await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn erase_in(app: &App, user: UserId, conversation: ConversationId) -> Result<(), ApiError> {
    let mut after = 0;
    loop {
        let found = erasure::messages(&mut *app.store().snapshot().await?, user, conversation, after).await?;
        let Some((messages, last)) = found else { break };
        erase_some(app, Erase { conversation, messages, reactions: vec![] }).await?;
        after = last;
    }
    loop {
        let reactions = erasure::reactions(&mut *app.store().snapshot().await?, user, conversation).await?;
        if reactions.is_empty() {
            break;
        }
        erase_some(app, Erase { conversation, messages: vec![], reactions }).await?;
    }
    let mut transaction = app.store().write().await?;
    erasure::forget_receipts(&mut transaction, user, conversation).await?;
    Ok(transaction.commit().await?)
}

async fn erase_some(app: &App, erase: Erase) -> Result<(), ApiError> {
    let request = Request { id: MutationId::new(), actor: nobody(), after: None, command: Command::Erase(erase), at: None };
    app.installation.committer.perform(nobody(), request).await.map(drop)
}
